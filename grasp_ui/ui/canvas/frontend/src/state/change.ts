/** The difference of two documents, as what each touched id was and became. */

import { type ById, type Document, type EdgeValue, type NodeValue, equal } from "./model";
import { type Places, arranged, movedIds, placesOf } from "./order";

export type Pair<T> = readonly [T | null, T | null];

export interface Change {
  readonly nodes: ById<Pair<NodeValue>>;
  readonly edges: ById<Pair<EdgeValue>>;
  /** Where stood what the change takes away, and where stands what it brings; moved ids in both. */
  readonly places: readonly [Places, Places];
}

function pairs<T>(before: ById<T>, after: ById<T>): Record<string, Pair<T>> {
  const found: Record<string, Pair<T>> = {};
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const pair: Pair<T> = [before[id] ?? null, after[id] ?? null];
    if (!equal(...pair)) found[id] = pair;
  }
  return found;
}

export function difference(before: Document, after: Document): Change {
  return {
    nodes: pairs(before.nodes, after.nodes),
    edges: pairs(before.edges, after.edges),
    places: [placesOf(before, movedIds(after, before)), placesOf(after, movedIds(before, after))],
  };
}

export function isEmpty(change: Change): boolean {
  return !Object.keys(change.nodes).length && !Object.keys(change.edges).length;
}

export function inverse(change: Change): Change {
  const turn = <T>(items: ById<Pair<T>>): Record<string, Pair<T>> =>
    Object.fromEntries(Object.entries(items).map(([id, [before, after]]) => [id, [after, before]]));
  const [before, after] = change.places;
  return { nodes: turn(change.nodes), edges: turn(change.edges), places: [after, before] };
}

function put<T>(items: ById<T>, change: ById<Pair<T>>): Record<string, T> {
  const result: Record<string, T> = { ...items };
  for (const [id, [, after]] of Object.entries(change)) {
    if (after === null) delete result[id];
    else result[id] = after;
  }
  return result;
}

export function applied(document: Document, change: Change): Document {
  const next = { nodes: put(document.nodes, change.nodes), edges: put(document.edges, change.edges) };
  return arranged(next, change.places[1]);
}
