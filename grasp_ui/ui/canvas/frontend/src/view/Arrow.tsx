/** An arrow between nodes, with its condition, its problems and how often it was taken. */

import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  type InternalNode,
  type Node,
  useStore,
} from "@xyflow/react";
import { type ReactElement, memo, useRef } from "react";
import { readable } from "../state/describe";
import { type FlowEdge, GHOST } from "../state/flow";
import { type EdgeValue, edgeName } from "../state/model";
import { roundsOf } from "../state/runs";
import { Condition } from "./Condition";
import { useDesk, useIsAlone, useNodeView, usePlace, useRounds, useTaken } from "./context";
import { Icon } from "./Icon";
import { type Box, type Shape, freeLevel, headAt, isBack, shapeOf } from "./paths";

interface Drawn {
  readonly nodes: readonly Node[];
  readonly nodeLookup: ReadonlyMap<string, InternalNode>;
}

const boxes = new WeakMap<readonly Node[], readonly Box[]>();

/** Where all cards are; reckoned once for each state of the nodes, however many arrows ask. */
function boxesOf({ nodes, nodeLookup }: Drawn): readonly Box[] {
  const found = boxes.get(nodes) ?? [...nodeLookup.values()].flatMap((node) => boxOf(node) ?? []);
  boxes.set(nodes, found);
  return found;
}

/** Where an arrow back passes: the first level that is free of cards, from its end on. */
function useCrossing({ source, target, sourceX, targetX }: EdgeProps<FlowEdge>): number {
  const last = useRef<{ readonly nodes: readonly Node[]; readonly level: number }>(undefined);
  return useStore((drawn) => {
    const { nodes, nodeLookup } = drawn;
    if (!isBack(sourceX, targetX)) return 0;
    if (last.current?.nodes === nodes) return last.current.level;
    const [from, to] = [boxOf(nodeLookup.get(source)), boxOf(nodeLookup.get(target))];
    const level = from && to ? freeLevel(from, to, boxesOf(drawn)) : 0;
    last.current = { nodes, level };
    return level;
  });
}

function boxOf(node: InternalNode | undefined): Box | undefined {
  if (!node) return undefined;
  const { x, y } = node.internals.positionAbsolute;
  const { width = 0, height = 0 } = node.measured;
  return { left: x, top: y, right: x + width, bottom: y + height };
}

interface LabelProps {
  readonly id: string;
  readonly value: EdgeValue;
  readonly shape: Shape;
  /** Whether it leads back and so has room for its labels in a row. */
  readonly isLong: boolean;
}

function Label({ id, value, shape, isLong }: LabelProps): ReactElement | null {
  const { desk, deeds } = usePlace();
  const isAlone = useIsAlone(id);
  const isTyped = useDesk(({ labelled }) => labelled === id);
  const name = edgeName(value.source, value.target);
  const trouble = useDesk(({ shown }) => shown.problems.find(({ edge }) => edge === name));
  const taken = useTaken(name);
  const rounds = useRounds(name);
  // What is typed can be read, however far away the graph is.
  const larger = useStore(({ transform: [, , zoom] }) => (isTyped ? Math.max(1, 1 / zoom) : 1));
  if (!isTyped && !value.when && !isAlone && !taken && !trouble && !value.max_visits) return null;
  // The tools of a bare arrow are wider than the room between two cards: they stand above it.
  const lift = isAlone && !isTyped && !value.when ? "calc(-100% - 10px)" : "-50%";
  const size = isTyped ? ` scale(${larger})` : "";
  const transform = `translate(${shape.x}px, ${shape.y}px) translate(-50%, ${lift})${size}`;
  const finish = (when: string): void => {
    deeds.label(id, when);
    desk.openLabel(undefined);
  };
  return (
    <EdgeLabelRenderer>
      <div className={isLong ? "arrow-label nodrag nopan" : "arrow-label short nodrag nopan"} data-edge={id} style={{ transform }}>
        {isTyped && (
          <Condition
            source={value.source}
            when={value.when ?? ""}
            isNeeded={value.max_visits !== null}
            onDone={finish}
            onLeave={() => desk.openLabel(undefined)}
            onBlur={(when) => desk.labelled === id && finish(when)}
          />
        )}
        {!isTyped && value.when && (
          <button
            type="button"
            className="condition"
            title={`${value.when}\nDouble click to edit`}
            onClick={() => deeds.select([], [id])}
            onDoubleClick={() => desk.openLabel(id)}
          >
            {readable(value.when)}
          </button>
        )}
        {!isTyped && isAlone && !value.when && (
          <button type="button" className="pill" onClick={() => desk.openLabel(id)}>
            <Icon name="add" size={14} /> condition
          </button>
        )}
        {value.max_visits !== null && (
          <span
            className={rounds > 0 ? "pill rounds gone" : "pill rounds"}
            title={`${rounds > 0 ? `Most rounds of a record so far: ${rounds}. ` : ""}At most ${value.max_visits} for each record.`}
          >
            <Icon name="sync" size={13} />
            {roundsOf(rounds, value.max_visits)}
          </span>
        )}
        {taken > 0 && (
          <span className="taken" title={taken === 1 ? "Taken once" : `Taken ${taken} times`}>
            {taken}×
          </span>
        )}
        {trouble && (
          <span className="mark" role="img" aria-label={trouble.what} title={trouble.what}>
            <Icon name="error" size={15} />
          </span>
        )}
        {!isTyped && isAlone && (
          <button type="button" className="pill round" aria-label="Delete arrow" onClick={() => deeds.remove()}>
            <Icon name="close" size={14} />
          </button>
        )}
      </div>
    </EdgeLabelRenderer>
  );
}

export const Arrow = memo(function Arrow(props: EdgeProps<FlowEdge>): ReactElement {
  const { id, source, target, targetX, targetY, selected, data } = props;
  const shape = shapeOf(props, useCrossing(props));
  const taken = useTaken(edgeName(source, target));
  const mark = useDesk(({ shown }) => shown.marks?.edges[id.replace(GHOST, "")]);
  const isFlowing = useNodeView(target)?.state === "running" && taken > 0;
  const look = [selected && "chosen", taken > 0 && "lit", isFlowing && "flowing"];
  return (
    <g className={["arrow", ...look].filter(Boolean).join(" ")} data-mark={mark}>
      <BaseEdge id={id} path={shape.path} interactionWidth={26} />
      <path className="head" d={headAt(targetX, targetY)} />
      {data?.value && <Label id={id} value={data.value} shape={shape} isLong={isBack(props.sourceX, targetX)} />}
    </g>
  );
});

/** The dashed arrow from the seeds to a node without an arrow into it. */
export const SeedingArrow = memo(function SeedingArrow(props: EdgeProps<FlowEdge>): ReactElement {
  const { id, targetX, targetY } = props;
  const shape = shapeOf(props, useCrossing(props));
  return (
    <g className="arrow seeding">
      <BaseEdge id={id} path={shape.path} interactionWidth={0} />
      <path className="head" d={headAt(targetX, targetY)} />
    </g>
  );
});
