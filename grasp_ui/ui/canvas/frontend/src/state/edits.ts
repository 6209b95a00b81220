/** What a person can do to a document: each deed takes one and gives the next. */

import {
  type Document,
  type EdgeValue,
  type NodeValue,
  type Position,
  keyed,
} from "./model";

/** How often a new arrow back may be taken for a record, unless one says otherwise. */
export const ROUNDS_AT_FIRST = 2;

/** A name for a new node that reads well in the file: `turn`, then `turn_2`. */
export function freeName(document: Document, wanted: string): string {
  const stem = wanted.replace(/_\d+$/, "");
  if (!(stem in document.nodes)) return stem;
  let number = 2;
  while (`${stem}_${number}` in document.nodes) number += 1;
  return `${stem}_${number}`;
}

/** What lets a loop end: the condition to go round again, and how often at most. */
export interface Loop {
  readonly when: string;
  readonly max_visits: number;
}

export function snapped([x, y]: Position): Position {
  return [Math.round(x / 10) * 10, Math.round(y / 10) * 10];
}

export function withNode(document: Document, name: string, node: NodeValue): Document {
  return { ...document, nodes: { ...document.nodes, [name]: node } };
}

/** With one more arrow; one that closes a loop leads back, and so has a condition and a limit. */
export function withEdge(document: Document, source: string, target: string, loop?: Loop): Document {
  const edge: EdgeValue = { source, target, when: loop?.when ?? null, max_visits: loop?.max_visits ?? null };
  return { ...document, edges: keyed([...Object.values(document.edges), edge]) };
}

export function without(
  document: Document,
  nodes: readonly string[],
  edges: readonly string[],
): Document {
  const gone = new Set(nodes);
  const cut = new Set(edges);
  const kept = Object.entries(document.edges).filter(
    ([id, edge]) => !cut.has(id) && !gone.has(edge.source) && !gone.has(edge.target),
  );
  return {
    nodes: Object.fromEntries(Object.entries(document.nodes).filter(([name]) => !gone.has(name))),
    edges: keyed(kept.map(([, edge]) => edge)),
  };
}

export function moved(document: Document, places: ReadonlyMap<string, Position>): Document {
  const nodes = Object.fromEntries(
    Object.entries(document.nodes).map(([name, node]) => {
      const place = places.get(name);
      return [name, place ? { ...node, position: place } : node];
    }),
  );
  return { ...document, nodes };
}

export function withCondition(document: Document, id: string, when: string): Document {
  const edge = document.edges[id];
  if (!edge) return document;
  return { ...document, edges: { ...document.edges, [id]: { ...edge, when: when.trim() || null } } };
}

/** Nodes switched off, or on again when all of them were off. */
export function toggled(document: Document, names: readonly string[]): Document {
  const off = !names.every((name) => document.nodes[name]?.fields["disabled"] === true);
  const nodes = { ...document.nodes };
  for (const name of names) {
    const node = nodes[name];
    if (!node) continue;
    const { disabled: _, ...fields } = node.fields;
    nodes[name] = { ...node, fields: off ? { ...fields, disabled: true } : fields };
  }
  return { ...document, nodes };
}

/** Some nodes with the arrows among them, to be put into this or another graph. */
export function excerpt(document: Document, names: readonly string[]): Document {
  const chosen = new Set(names);
  return {
    nodes: Object.fromEntries(Object.entries(document.nodes).filter(([name]) => chosen.has(name))),
    edges: Object.fromEntries(
      Object.entries(document.edges).filter(
        ([, edge]) => chosen.has(edge.source) && chosen.has(edge.target),
      ),
    ),
  };
}

export interface Pasted {
  readonly document: Document;
  readonly names: readonly string[];
}

/** How far copies stand from what they copy, and from copies that are there already. */
const BESIDE = 40;

/** How far to move the piece so that none of its nodes stands just where another does. */
function besides(document: Document, piece: Document): number {
  const taken = new Set(Object.values(document.nodes).map(({ position }) => String(position)));
  const places = Object.values(piece.nodes).map(({ position }) => position ?? [0, 0]);
  const isTaken = (by: number): boolean => places.some(([x, y]) => taken.has(String([x + by, y + by])));
  let shift = BESIDE;
  while (isTaken(shift)) shift += BESIDE;
  return shift;
}

/** The piece moved so that its nodes have their middle at a place. */
export function centred(piece: Document, [x, y]: Position): Document {
  const places = Object.values(piece.nodes).map(({ position }) => position ?? [0, 0]);
  const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const [dx, dy] = [x - middle(places.map(([left]) => left)), y - middle(places.map(([, top]) => top))];
  const shifted = Object.entries(piece.nodes).map(([name, { position }]): [string, Position] => {
    const [left, top] = position ?? [0, 0];
    return [name, snapped([left + dx, top + dy])];
  });
  return moved(piece, new Map(shifted));
}

/** The document with a copy of `piece` beside where it stood, under free names. */
export function pasted(document: Document, piece: Document, shift = besides(document, piece)): Pasted {
  const names = new Map<string, string>();
  let next = document;
  for (const [name, node] of Object.entries(piece.nodes)) {
    const fresh = freeName(next, name);
    const [x, y] = node.position ?? [0, 0];
    names.set(name, fresh);
    next = withNode(next, fresh, { ...node, position: [x + shift, y + shift] });
  }
  const copies = Object.values(piece.edges).map((edge) => ({
    ...edge,
    source: names.get(edge.source) ?? edge.source,
    target: names.get(edge.target) ?? edge.target,
  }));
  const edges = keyed([...Object.values(next.edges), ...copies]);
  return { document: { ...next, edges }, names: [...names.values()] };
}
