/** A node on the canvas. */

import { Handle, type NodeProps, Position, useConnection } from "@xyflow/react";
import { type ReactElement, memo } from "react";
import { type Facts, factsOf } from "../state/describe";
import type { CardNode } from "../state/flow";
import type { Problem } from "../state/model";
import { refusal } from "../state/rules";
import { settled } from "../state/runs";
import { useDesk, useIsLive, useNodeView, usePlace } from "./context";
import { Icon } from "./Icon";
import { Status } from "./Status";
import { Tile } from "./Tile";

type Fit = "" | "fits" | "unfit";

/** Whether the arrow that is being drawn may end here. */
function useFit(name: string): Fit {
  const { desk } = usePlace();
  return useConnection((connection): Fit => {
    if (!connection.inProgress || connection.fromNode.id === name) return "";
    const from = connection.fromNode.id;
    const ends = connection.fromHandle.type === "source" ? [from, name] : [name, from];
    const [source = "", target = ""] = ends;
    return refusal(desk.editor.document, source, target) ? "unfit" : "fits";
  });
}

const NONE: readonly Problem[] = [];
const sorted = new WeakMap<readonly Problem[], ReadonlyMap<string, readonly Problem[]>>();

/** The problems of one node; sorted once, so that a card without any is not drawn again. */
function problemsAt(problems: readonly Problem[], name: string): readonly Problem[] {
  const found = sorted.get(problems) ?? byNode(problems);
  sorted.set(problems, found);
  return found.get(name) ?? NONE;
}

function byNode(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.node) found.set(problem.node, [...(found.get(problem.node) ?? []), problem]);
  }
  return found;
}

function Body({ facts }: { readonly facts: Facts }): ReactElement | null {
  if (!facts.text && facts.shares.length === 0 && facts.chips.length === 0) return null;
  return (
    <div className="body">
      {facts.text && <p className="prompt">{facts.text}</p>}
      {facts.shares.length > 0 && (
        <ul className="shares">
          {facts.shares.map(({ name, part }) => (
            <li key={name}>
              <i style={{ width: `${part * 100}%` }} />
              <span>{name}</span>
              <b>{Math.round(part * 100)}%</b>
            </li>
          ))}
          {facts.more > 0 && <li className="more">and {facts.more} more</li>}
        </ul>
      )}
      {facts.chips.length > 0 && (
        <div className="chips">
          {facts.chips.map(({ icon, text, help }) => (
            <span className="chip" key={help} title={help}>
              <Icon name={icon} size={13} />
              <span>{text}</span>
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

function Problems({ problems }: { readonly problems: readonly Problem[] }): ReactElement | null {
  const [first] = problems;
  if (!first) return null;
  const isError = problems.some(({ severity }) => severity !== "warning");
  const all = problems.map(({ what, fix }) => [what, fix].filter(Boolean).join(" ")).join("\n");
  return (
    <div className="trouble" data-severity={isError ? "error" : "warning"} title={all}>
      <Icon name={isError ? "error" : "warning"} size={15} />
      <span>{first.what}</span>
      {problems.length > 1 && <b>+{problems.length - 1}</b>}
    </div>
  );
}

const BADGES = {
  off: ["power_settings_new", "Off", "Records pass through it unchanged"],
  pinned: ["keep-fill", "Pinned", "A kept reply stands in for its calls"],
} as const;

function Badge({ name }: { readonly name: keyof typeof BADGES }): ReactElement {
  const [icon, word, help] = BADGES[name];
  return (
    <span className="badge" data-badge={name} title={help}>
      <Icon name={icon} size={13} />
      {word}
    </span>
  );
}

export const Card = memo(function Card({ id, data }: NodeProps<CardNode>): ReactElement {
  const { desk } = usePlace();
  const look = useDesk(({ shown }) => shown.kinds[data.value.kind]);
  const mine = useDesk(({ shown }) => problemsAt(shown.problems, id));
  const isPinned = useDesk(({ shown }) => shown.pinned?.includes(id) ?? false);
  const models = useDesk(({ shown }) => shown.models);
  const view = settled(useNodeView(id), useIsLive());
  const fit = useFit(id);
  const mark = useDesk(({ shown }) => shown.marks?.nodes[id]);
  const facts = factsOf(id, data.value, look, models);
  const classes = ["card", fit, facts.isOff ? "off" : "", view ? `is-${view.state}` : ""];
  return (
    <div className={classes.filter(Boolean).join(" ")} data-kind={data.value.kind} data-mark={mark}>
      <Handle type="target" position={Position.Left} />
      <header>
        <Tile icon={look?.icon ?? ""} color={look?.color ?? ""} />
        <div className="names">
          <strong title={facts.title}>{facts.title}</strong>
          <span>{facts.kind}</span>
        </div>
        {facts.isOff && <Badge name="off" />}
        {isPinned && <Badge name="pinned" />}
      </header>
      <Body facts={facts} />
      <Problems problems={mine} />
      {view && <Status view={view} records={desk.runs.view?.records ?? 0} />}
      <Handle type="source" position={Position.Right} />
    </div>
  );
});
