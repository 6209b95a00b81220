/** Blocks of one's own: parameters filled, put where they are dropped, connected where they fit. */

import { type Pasted, centred, moved, pasted, snapped, withEdge } from "./edits";
import type { Origin } from "./desk";
import { placed } from "./layout";
import { type Block, type Document, type NodeValue, type Position, keyed } from "./model";
import { CARD, GAP } from "./sizes";

export type Values = Readonly<Record<string, unknown>>;

const PLACE = /<<([A-Za-z_][A-Za-z0-9_]*)>>/g;

/** `value` with places filled; one that stands alone takes the value with its type. */
export function closed(value: unknown, values: Values): unknown {
  if (typeof value === "string") {
    const [alone] = [...value.matchAll(PLACE)];
    const name = alone?.[1] ?? "";
    if (alone?.[0] === value && Object.hasOwn(values, name)) return values[name];
    return value.replaceAll(PLACE, (place, named: string) =>
      Object.hasOwn(values, named) ? wordOf(values[named]) : place,
    );
  }
  if (Array.isArray(value)) return value.map((item) => closed(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, closed(item, values)]));
}

/** A parameter's value as a person reads and writes it. */
export function wordOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What was typed for each parameter; one that was left as it was keeps its type. */
export function valuesOf(parameters: Values, typed: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const said = typed[name];
      return [name, said === undefined || said === wordOf(value) ? value : said];
    }),
  );
}

/** The block's nodes with its parameters filled, each with a place. */
export function filled({ parameters, piece }: Block, values: Values = {}): Document {
  const all = { ...parameters, ...values };
  const nodes = Object.entries(piece.nodes).map(([name, node]): [string, NodeValue] => [
    name,
    { ...node, fields: closed(node.fields, all) as NodeValue["fields"] },
  ]);
  const edges = keyed(Object.values(piece.edges));
  return placed({ nodes: Object.fromEntries(nodes), edges });
}

/** How far down the piece has to go so that it covers no card. */
function below(document: Document, piece: Document): number {
  const taken = Object.values(document.nodes).flatMap(({ position }) => (position ? [position] : []));
  const own = Object.values(piece.nodes).map(({ position }): Position => position ?? [0, 0]);
  const covers = (down: number): boolean =>
    own.some(([x, y]) =>
      taken.some(
        ([left, top]) =>
          Math.abs(left - x) < CARD.width + 10 && Math.abs(top - y - down) < CARD.height + 10,
      ),
    );
  let down = 0;
  while (covers(down)) down += GAP;
  return down;
}

/** The piece at `place`, lower where cards stand in its way: its middle, else the card `anchor`. */
function settledAt(document: Document, piece: Document, place: Position, anchor?: string): Document {
  const [x, y] = place;
  const [left, top] = piece.nodes[anchor ?? ""]?.position ?? [0, 0];
  const wanted = anchor
    ? shifted(piece, x - left, y - top)
    : centred(piece, [x - CARD.width / 2, y - CARD.height / 2]);
  return shifted(wanted, 0, below(document, wanted));
}

function shifted(piece: Document, dx: number, dy: number): Document {
  const places = Object.entries(piece.nodes).map(([name, { position }]): [string, Position] => {
    const [x, y] = position ?? [0, 0];
    return [name, snapped([x + dx, y + dy])];
  });
  return moved(piece, new Map(places));
}

/** The node of a piece that an arrow into it leads to, or from which one leaves it. */
export function gateOf(piece: Document, end: Origin["end"]): string | undefined {
  const forward = Object.values(piece.edges).filter((edge) => edge.max_visits === null);
  const met = new Set(forward.map(({ source, target }) => (end === "source" ? target : source)));
  const free = Object.keys(piece.nodes).filter((name) => !met.has(name));
  const height = (name: string): number => piece.nodes[name]?.position?.[1] ?? 0;
  return free.toSorted((a, b) => height(a) - height(b))[0];
}

/** The document with the block's nodes in it around `place`, connected with an arrow's origin. */
export function withBlock(document: Document, piece: Document, place: Position, from?: Origin): Pasted {
  const gate = from && gateOf(piece, from.end);
  const settled = settledAt(document, piece, place, gate);
  const put = pasted(document, settled, 0);
  const name = put.names[Object.keys(settled.nodes).indexOf(gate ?? "")];
  if (!from || name === undefined) return put;
  const [source, target] = from.end === "source" ? [from.node, name] : [name, from.node];
  return { ...put, document: withEdge(put.document, source, target) };
}
