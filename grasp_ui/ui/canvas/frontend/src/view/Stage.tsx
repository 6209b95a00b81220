/** The graph itself: React Flow, fed by the editor, answering through the deeds. */

import {
  Background,
  type Connection,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  type OnConnectEnd,
  ReactFlow,
  SelectionMode,
  applyNodeChanges,
  useNodesInitialized,
  useStore,
} from "@xyflow/react";
import {
  type DragEvent,
  type MouseEvent,
  type ReactElement,
  memo,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Origin } from "../state/desk";
import type { View } from "../state/editor";
import { snapped } from "../state/edits";
import { type FlowEdge, type FlowNode, flowEdges, flowNodes } from "../state/flow";
import { placed } from "../state/layout";
import { type Position, SEEDS } from "../state/model";
import { refusal } from "../state/rules";
import { Arrow, SeedingArrow } from "./Arrow";
import { Card } from "./Card";
import { useDesk, usePlace, useSignal, useStable } from "./context";
import { DRAGGED } from "./Palette";
import { NoteCard } from "./NoteCard";
import { SeedsCard } from "./SeedsCard";
import type { Put } from "./shelf";
import { MAP, SMALLEST, type Sight } from "./sight";

const NODE_TYPES = { card: Card, note: NoteCard, seeds: SeedsCard };
const EDGE_TYPES = { arrow: Arrow, seeding: SeedingArrow };
const GRID: [number, number] = [10, 10];
const ADDS_TO_SELECTION = ["Meta", "Control", "Shift"];
const HIDE_NAME = { hideAttribution: true };
const HEADER = 27;
/** From here on texts are too small to read and are not painted. */
const FAR = 0.3;
/** From here on names and states are painted larger. */
const MIDDLE = 0.75;

function distanceOf(zoom: number): "far" | "middle" | "" {
  if (zoom < FAR) return "far";
  return zoom < MIDDLE ? "middle" : "";
}

/** React Flow's nodes and arrows, following the editor's document and selection. */
function useFlow(): {
  nodes: FlowNode[];
  edges: FlowEdge[];
  setNodes: (update: (before: FlowNode[]) => FlowNode[]) => void;
} {
  const { editor } = usePlace().desk;
  useSignal(editor);
  const seeds = useDesk(({ shown }) => shown.seeds);
  const gone = useDesk(({ shown }) => shown.marks?.ghosts);
  const document = useMemo(() => placed(editor.document), [editor.document]);
  const { selected } = editor;
  const [nodes, setNodes] = useState(() => flowNodes(document, seeds, selected, [], gone));
  useLayoutEffect(() => {
    setNodes((before) => flowNodes(document, seeds, selected, before, gone));
  }, [document, seeds, selected, gone]);
  const before = useRef<readonly FlowEdge[]>([]);
  const edges = useMemo(
    () => (before.current = flowEdges(document, selected, gone, before.current)) as FlowEdge[],
    [document, selected, gone],
  );
  return { nodes, edges, setNodes };
}

/** The selection after React Flow's changes to it. */
function chosenAfter(before: readonly string[], changes: readonly (NodeChange | EdgeChange)[]): string[] {
  const chosen = new Set(before);
  for (const change of changes) {
    if (change.type !== "select") continue;
    if (change.selected) chosen.add(change.id);
    else chosen.delete(change.id);
  }
  return [...chosen];
}

/** The card under a point of the screen, to drop an arrow anywhere on it. */
function cardAt(stage: HTMLElement, x: number, y: number): string | undefined {
  const root = stage.getRootNode() as ShadowRoot | globalThis.Document;
  const card = root.elementFromPoint(x, y)?.closest<HTMLElement>(".react-flow__node-card");
  return card?.dataset["id"];
}

interface StageProps {
  readonly sight: Sight;
  readonly openAdd: (x: number, y: number, place: Position, from?: Origin) => void;
  readonly put: Put;
}

export const Stage = memo(function Stage({ sight, openAdd, put }: StageProps): ReactElement {
  const { desk, deeds } = usePlace();
  const { editor } = desk;
  const { nodes, edges, setNodes } = useFlow();
  const kinds = useDesk(({ shown }) => shown.kinds);
  const stage = useRef<HTMLDivElement>(null);
  const distance = useStore(({ transform }) => distanceOf(transform[2]));
  const isReady = useNodesInitialized();
  const isFitted = useRef(editor.view !== undefined);
  useEffect(() => {
    if (!isReady || isFitted.current) return;
    isFitted.current = true;
    sight.open();
  }, [isReady, sight]);

  const onNodesChange = (changes: NodeChange<FlowNode>[]): void => {
    const choices = changes.filter(({ type }) => type === "select");
    const others = changes.filter(({ type }) => type !== "select" && type !== "remove");
    if (others.length > 0) setNodes((before) => applyNodeChanges(others, before));
    if (choices.length > 0) deeds.select(chosenAfter(editor.selected.nodes, choices), editor.selected.edges);
  };
  const onEdgesChange = (changes: EdgeChange<FlowEdge>[]): void => {
    deeds.select(editor.selected.nodes, chosenAfter(editor.selected.edges, changes));
  };
  const onMoved = (moved: readonly FlowNode[]): void => {
    const places = moved
      .filter(({ id }) => id !== SEEDS)
      .map(({ id, position }): [string, Position] => [id, snapped([position.x, position.y])]);
    // The nodes still carry their dragging mark now: they settle in the next frame.
    requestAnimationFrame(() => deeds.move(new Map(places)));
  };
  const isValid = ({ source, target }: Connection | FlowEdge): boolean =>
    refusal(editor.document, source, target) === undefined;
  const onConnectEnd: OnConnectEnd = (event, state) => {
    if (!state.fromNode || !stage.current) return;
    const { clientX: x, clientY: y } = "changedTouches" in event ? (event.changedTouches[0] ?? event) as Touch : event;
    const from: Origin = { node: state.fromNode.id, end: state.fromHandle.type };
    const target = state.toNode?.id ?? cardAt(stage.current, x, y);
    if (target === from.node && !state.toHandle) return;
    if (target) {
      if (from.end === "source") deeds.connect(from.node, target, { x, y });
      else deeds.connect(target, from.node, { x, y });
      return;
    }
    const [left, top] = sight.placeAt(x, y);
    openAdd(x, y, [from.end === "source" ? left : left - 232, top - HEADER], from);
  };
  const onDrop = (event: DragEvent): void => {
    const kind = event.dataTransfer.getData(DRAGGED);
    if (!kind) return;
    event.preventDefault();
    const [x, y] = sight.placeAt(event.clientX, event.clientY);
    const place: Position = kinds[kind]?.block ? [x, y] : [x - 116, y - HEADER];
    put({ name: kind, at: { x: event.clientX, y: event.clientY }, place });
  };
  const onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };
  const addHere = (event: MouseEvent | globalThis.MouseEvent): void => {
    const [x, y] = sight.placeAt(event.clientX, event.clientY);
    openAdd(event.clientX, event.clientY, [x - 16, y - HEADER]);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const [target] = event.nativeEvent.composedPath();
    if (target instanceof Element && target.classList.contains("react-flow__pane")) addHere(event);
  };
  // React Flow tells all its nodes and arrows of each function that is another than before.
  const hands = useStable({
    onNodesChange,
    onEdgesChange,
    onNodeDragStop: (_event: unknown, _node: FlowNode, moved: FlowNode[]) => onMoved(moved),
    onSelectionDragStop: (_event: unknown, moved: FlowNode[]) => onMoved(moved),
    isValidConnection: isValid,
    onConnectEnd,
    onPaneClick: () => {
      desk.close();
    },
    onMoveStart: (event: unknown) => {
      if (event && desk.menu) desk.close();
    },
    onMoveEnd: (_event: unknown, view: View) => {
      editor.view = view;
    },
    onPaneContextMenu: (event: MouseEvent | globalThis.MouseEvent) => {
      event.preventDefault();
      addHere(event);
    },
    onNodeContextMenu: (event: MouseEvent, { id }: FlowNode) => {
      event.preventDefault();
      if (id === SEEDS) return;
      if (!editor.selected.nodes.includes(id)) deeds.select([id]);
      desk.openMenu({ type: "node", id, at: { x: event.clientX, y: event.clientY } });
    },
    onNodeDoubleClick: (_event: unknown, { id }: FlowNode) => {
      deeds.open(id);
    },
    onEdgeContextMenu: (event: MouseEvent, { id, type }: FlowEdge) => {
      event.preventDefault();
      if (type !== "arrow") return;
      deeds.select([], [id]);
      desk.openMenu({ type: "edge", id, at: { x: event.clientX, y: event.clientY } });
    },
    onEdgeDoubleClick: (_event: unknown, { id, type }: FlowEdge) => {
      if (type === "arrow") desk.openLabel(id);
    },
  });
  return (
    <div className={["stage", distance].filter(Boolean).join(" ")} ref={stage} onDrop={onDrop} onDragOver={onDragOver} onDoubleClick={onDoubleClick}>
      <ReactFlow<FlowNode, FlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        {...hands}
        {...(editor.view ? { defaultViewport: editor.view } : {})}
        minZoom={SMALLEST}
        maxZoom={2}
        nodesDraggable={!editor.isStill}
        nodesConnectable={!editor.isStill}
        snapToGrid
        snapGrid={GRID}
        connectionRadius={34}
        connectOnClick={false}
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        disableKeyboardA11y
        nodesFocusable={false}
        edgesFocusable={false}
        multiSelectionKeyCode={ADDS_TO_SELECTION}
        selectionKeyCode="Shift"
        selectionMode={SelectionMode.Partial}
        onlyRenderVisibleElements={nodes.length > 150}
        elevateNodesOnSelect
        proOptions={HIDE_NAME}
        aria-label="Graph"
      >
        <Background gap={20} size={1.6} />
        {nodes.length >= MAP.from && (
          <MiniMap<FlowNode>
            pannable
            zoomable
            style={{ width: MAP.width, height: MAP.height }}
            ariaLabel="Overview"
            nodeBorderRadius={14}
            nodeColor={(node) => (node.type === "card" && kinds[node.data.value.kind]?.color) || "#8a91a3"}
          />
        )}
      </ReactFlow>
    </div>
  );
});
