/**
 * Where things stand among the others of their family: nodes, notes, arrows.
 *
 * The order is that of the file, and it counts: a router takes the first arrow that holds.
 */

import { type ById, type Document, isNote } from "./model";

/** Ids, each with the one that it stands after ("" for the first), in order. */
export type Places = readonly (readonly [string, string])[];

/** The ids of each family, in order. */
function families({ nodes, edges }: Document): readonly (readonly string[])[] {
  const names = Object.keys(nodes);
  return [names.filter((name) => !isNote(name)), names.filter(isNote), Object.keys(edges)];
}

/** The places of those ids that are in the document. */
export function placesOf(document: Document, ids: ReadonlySet<string>): Places {
  return families(document).flatMap((family) =>
    family
      .map((id, at): readonly [string, string] => [id, family[at - 1] ?? ""])
      .filter(([id]) => ids.has(id)),
  );
}

/** What has no place in `before`, or another one, seen from what both have. */
export function movedIds(before: Document, after: Document): Set<string> {
  const old = families(before);
  return new Set(
    families(after).flatMap((family, at) => {
      const was = old[at] ?? [];
      const [known, present] = [new Set(was), new Set(family)];
      const common = family.filter((id) => known.has(id));
      const isSame = was.filter((id) => present.has(id)).every((id, place) => id === common[place]);
      return isSame ? family.filter((id) => !known.has(id)) : family;
    }),
  );
}

/** Ids with those of `places` put after what they stand after; at the end where that is gone. */
function inOrder(ids: readonly string[], places: Places): string[] {
  const present = new Set(ids);
  const wanted = places.filter(([id]) => present.has(id));
  const free = new Set(wanted.map(([id]) => id));
  const order = ids.filter((id) => !free.has(id));
  for (const [id, before] of wanted) {
    const at = before ? order.indexOf(before) + 1 : 0;
    order.splice(before && at === 0 ? order.length : at, 0, id);
  }
  return order;
}

function sorted<T>(items: ById<T>, order: readonly string[]): Record<string, T> {
  return Object.fromEntries(order.map((id) => [id, items[id] as T]));
}

/** The document with `places` taken; notes stand after the nodes, as the server shows them. */
export function arranged(document: Document, places: Places): Document {
  const [nodes = [], notes = [], edges = []] = families(document).map((ids) => inOrder(ids, places));
  return {
    nodes: sorted(document.nodes, [...nodes, ...notes]),
    edges: sorted(document.edges, edges),
  };
}
