/** Where nodes stand: a tidy arrangement from left to right, and places for those without one. */

import { Graph, layout } from "@dagrejs/dagre";
import { moved, snapped } from "./edits";
import type { Document, Position } from "./model";
import { leadsTo } from "./rules";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const CARD: Size = { width: 232, height: 132 };
const GAP = 40;

/** Places from left to right without overlap; arrows back do not count. */
export function tidied(
  document: Document,
  sizeOf: (name: string) => Size = () => CARD,
): Map<string, Position> {
  const graph = new Graph().setGraph({ rankdir: "LR", nodesep: GAP, ranksep: 88, ranker: "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of Object.keys(document.nodes)) graph.setNode(name, { ...sizeOf(name) });
  for (const { source, target, when, max_visits } of Object.values(document.edges)) {
    const isBack = max_visits !== null && leadsTo(document, target, source);
    const isKnown = source in document.nodes && target in document.nodes;
    if (isKnown && !isBack) graph.setEdge(source, target, { width: when ? 130 : 0, height: 20, labelpos: "c" });
  }
  layout(graph);
  const places = new Map<string, Position>();
  for (const name of graph.nodes()) {
    const { x, y, width, height } = graph.node(name);
    places.set(name, snapped([x - width / 2, y - height / 2]));
  }
  return places;
}

/** The document with a position for every node: tidy if none has one, else to the right. */
export function placed(document: Document): Document {
  const lost = Object.entries(document.nodes).filter(([, node]) => node.position === null);
  if (lost.length === 0) return document;
  if (lost.length === Object.keys(document.nodes).length) return moved(document, tidied(document));
  const known = Object.values(document.nodes).flatMap((node) => (node.position ? [node.position] : []));
  const right = Math.max(...known.map(([x]) => x)) + CARD.width + 88;
  const top = Math.min(...known.map(([, y]) => y));
  const places = lost.map(([name], index): [string, Position] => [
    name,
    [right, top + index * (CARD.height + GAP)],
  ]);
  return moved(document, new Map(places));
}

/** The free place nearest to `wanted`, where a new card covers no other. */
export function freePlace(document: Document, wanted: Position): Position {
  const taken = Object.values(document.nodes).flatMap((node) => (node.position ? [node.position] : []));
  let [x, y] = snapped(wanted);
  const covers = ([left, top]: Position): boolean =>
    Math.abs(left - x) < CARD.width + 10 && Math.abs(top - y) < CARD.height + 10;
  while (taken.some(covers)) y += CARD.height + GAP;
  return [x, y];
}
