/** Where nodes stand: a tidy arrangement from left to right, and places for those without one. */

import { Graph, layout } from "@dagrejs/dagre";
import { moved, snapped } from "./edits";
import { type Spot, inRows } from "./rows";
import { type Document, type Position, running } from "./model";
import { leadsTo } from "./rules";
import { APART, CARD, GAP, type Size } from "./sizes";

/** Places from left to right without overlap; arrows back do not count. */
export function tidied(
  whole: Document,
  sizeOf: (name: string) => Size = () => CARD,
): Map<string, Position> {
  const document = running(whole);
  const graph = new Graph().setGraph({ rankdir: "LR", nodesep: GAP, ranksep: APART });
  graph.setDefaultEdgeLabel(() => ({}));
  const sizes = Object.keys(document.nodes).map((name): [string, Size] => [name, sizeOf(name)]);
  // One height for all: arrows leave at the header, so level tops make them straight.
  const height = Math.max(CARD.height, ...sizes.map(([, size]) => size.height));
  for (const [name, { width }] of sizes) graph.setNode(name, { width, height });
  for (const { source, target, when, max_visits } of Object.values(document.edges)) {
    const isBack = max_visits !== null && leadsTo(document, target, source);
    const isKnown = source in document.nodes && target in document.nodes;
    if (isKnown && !isBack) graph.setEdge(source, target, { width: when ? 130 : 0, height: 20, labelpos: "c" });
  }
  layout(graph);
  const spots = graph.nodes().map((name): Spot => {
    const { x, y, width } = graph.node(name);
    return { name, x: x - width / 2, y: y - height / 2 };
  });
  return new Map(inRows(spots, document, height).map(({ name, x, y }) => [name, snapped([x, y])]));
}

/** The document with a position for every node: tidy if none has one, else to the right. */
export function placed(document: Document): Document {
  const lost = Object.entries(document.nodes).filter(([, node]) => node.position === null);
  if (lost.length === 0) return document;
  if (lost.length === Object.keys(running(document).nodes).length) return moved(document, tidied(document));
  const known = Object.values(document.nodes).flatMap((node) => (node.position ? [node.position] : []));
  const right = Math.max(...known.map(([x]) => x)) + CARD.width + APART;
  const top = Math.min(...known.map(([, y]) => y));
  const places = lost.map(([name], index): [string, Position] => [
    name,
    [right, top + index * (CARD.height + GAP)],
  ]);
  return moved(document, new Map(places));
}

/** The free place nearest to `wanted`, where a new card covers no other. */
export function freePlace(document: Document, wanted: Position): Position {
  const taken = Object.values(running(document).nodes).flatMap((node) => (node.position ? [node.position] : []));
  let [x, y] = snapped(wanted);
  const covers = ([left, top]: Position): boolean =>
    Math.abs(left - x) < CARD.width + 10 && Math.abs(top - y) < CARD.height + 10;
  while (taken.some(covers)) y += CARD.height + GAP;
  return [x, y];
}
