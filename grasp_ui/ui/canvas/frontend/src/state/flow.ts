/** The document as React Flow draws it; what only the screen knows is carried over. */

import type { Edge, Node } from "@xyflow/react";
import type { Selected } from "./editor";
import { type Document, EMPTY, type EdgeValue, type NodeValue, type Seeds, SEEDS, isNote, running } from "./model";
import { noteOf } from "./notes";
import { startNodes } from "./rules";
import { APART, CARD } from "./sizes";

export type CardNode = Node<{ readonly value: NodeValue }, "card">;
export type SeedsNode = Node<{ readonly seeds: Seeds }, "seeds">;
export type NoteNode = Node<{ readonly value: NodeValue }, "note">;
export type FlowNode = CardNode | SeedsNode | NoteNode;
export type FlowEdge = Edge<{ readonly value: EdgeValue | null }, "arrow" | "seeding">;

/** The size to reckon with until a card was measured. */
const FIRST = { initialWidth: CARD.width, initialHeight: 120 };
/** Before the id of an arrow that is gone: another may be drawn between the same nodes. */
export const GHOST = "@gone ";
const STILL = { draggable: false, selectable: false, focusable: false, deletable: false };
const DISTANCE = CARD.width + APART;

/** The seeds' card stands left of everything, level with the first start. */
function seedsPlace(whole: Document): { x: number; y: number } {
  const document = running(whole);
  const places = Object.values(document.nodes).map((node) => node.position ?? [0, 0]);
  const starts = startNodes(document).map((name) => document.nodes[name]?.position ?? [0, 0]);
  if (places.length === 0) return { x: 0, y: 0 };
  const left = Math.min(...places.map(([x]) => x));
  const tops = starts.map(([, y]) => y).toSorted((a, b) => a - b);
  return { x: left - DISTANCE, y: tops[Math.floor((tops.length - 1) / 2)] ?? 0 };
}

/** Where a ghost without a place can stand: in a row of its own below the drawing. */
function below(document: Document): { x: number; y: number } {
  const places = Object.values(document.nodes).map((node) => node.position ?? [0, 0]);
  if (places.length === 0) return { x: 0, y: 0 };
  const [left, bottom] = [Math.min(...places.map(([x]) => x)), Math.max(...places.map(([, y]) => y))];
  return { x: left, y: bottom + CARD.height + 2 * APART };
}

/** Below arrows and cards, also while it is selected, which lifts a node by 1000. */
const UNDER = -2000;

/** A sticky note; while it is being resized the screen's size counts. */
function noteNode(id: string, value: NodeValue, isSelected: boolean, old: FlowNode | undefined): FlowNode {
  const [x, y] = value.position ?? [0, 0];
  const { text, size } = noteOf(value.fields);
  const known = old?.type === "note" ? old : undefined;
  const isSame = known?.data.value === value;
  if (known && isSame && known.selected === isSelected && (known.dragging || (known.position.x === x && known.position.y === y))) return known;
  const measure = known && isSame ? {} : { width: size[0], height: size[1] };
  return {
    ...(known ?? { id, type: "note" as const, zIndex: UNDER, connectable: false }),
    ...measure,
    position: known?.dragging ? known.position : { x, y },
    data: { value },
    selected: isSelected,
    ariaLabel: `Note: ${text || "empty"}`,
  };
}

/** Nodes to draw; `document` has a position for each of them. */
export function flowNodes(
  document: Document,
  seeds: Seeds,
  selected: Selected,
  before: readonly FlowNode[],
  gone: Document = EMPTY,
): FlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const chosen = new Set(selected.nodes);
  const cards = Object.entries(document.nodes).map(([id, value]): FlowNode => {
    const old = known.get(id);
    const [x, y] = value.position ?? [0, 0];
    const isSelected = chosen.has(id);
    if (isNote(id)) return noteNode(id, value, isSelected, old);
    if (old?.type === "card" && old.data.value === value && old.selected === isSelected) {
      if (old.dragging || (old.position.x === x && old.position.y === y)) return old;
    }
    const position = old?.dragging ? old.position : { x, y };
    const base = old?.type === "card" ? old : { id, type: "card" as const, ...FIRST };
    return { ...base, position, data: { value }, selected: isSelected };
  });
  const old = known.get(SEEDS);
  const source: FlowNode = {
    ...(old?.type === "seeds" ? old : { id: SEEDS, type: "seeds" as const }),
    position: seedsPlace(document),
    data: { seeds },
    draggable: false,
    deletable: false,
    connectable: false,
    selected: chosen.has(SEEDS),
  };
  const free = below(document);
  const ghosts = Object.entries(gone.nodes)
    .filter(([id]) => !(id in document.nodes))
    .map(([id, value], index): FlowNode => {
      const [x, y] = value.position ?? [free.x + index * DISTANCE, free.y];
      const base = { id, type: "card" as const, ...FIRST, ...STILL, connectable: false };
      return { ...known.get(id), ...base, position: { x, y }, data: { value }, selected: false };
    });
  return [source, ...cards, ...ghosts];
}

/** Arrows that are gone, where both their nodes are drawn or are ghosts themselves. */
function ghostEdges(document: Document, gone: Document): FlowEdge[] {
  const isThere = (name: string): boolean => name in document.nodes || name in gone.nodes;
  return Object.entries(gone.edges)
    .filter(([, { source, target }]) => isThere(source) && isThere(target))
    .map(([id, { source, target }]): FlowEdge => {
      return { id: `${GHOST}${id}`, type: "arrow", source, target, ...STILL, data: { value: null } };
    });
}

/** Arrows to draw; one that is as it was before stays the same object. */
export function flowEdges(
  document: Document,
  selected: Selected,
  gone: Document = EMPTY,
  before: readonly FlowEdge[] = [],
): FlowEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const chosen = new Set(selected.edges);
  const seeding = startNodes(document).map((target): FlowEdge => {
    const id = `${SEEDS} -> ${target}`;
    const ends = { source: SEEDS, target, selectable: false, focusable: false, deletable: false };
    return known.get(id) ?? { id, type: "seeding", ...ends, data: { value: null } };
  });
  const arrows = Object.entries(document.edges)
    .filter(([, { source, target }]) => source in document.nodes && target in document.nodes)
    .map(([id, value]): FlowEdge => {
      const [old, isSelected] = [known.get(id), chosen.has(id)];
      if (old?.data?.value === value && old.selected === isSelected) return old;
      const { source, target } = value;
      return { id, type: "arrow", source, target, selected: isSelected, data: { value } };
    });
  return [...seeding, ...arrows, ...ghostEdges(document, gone)];
}
