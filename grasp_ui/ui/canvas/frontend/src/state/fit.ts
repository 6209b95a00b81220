/** Which kinds can stand at the loose end of an arrow, the likeliest first. */

import type { Origin } from "./desk";
import { gateOf } from "./blocks";
import type { Entry } from "./kinds";
import type { ById, Document, Kind, NodeValue, Seeds, Ware } from "./model";

/** In the order in which they are offered; the last can be connected, and still lacks a message. */
const FITS = ["fits", "possible", "lacks"] as const;
export type Fit = (typeof FITS)[number];

interface Ground {
  readonly document: Document;
  readonly kinds: ById<Kind>;
  readonly seeds: Seeds;
}

function isOn(node: NodeValue | undefined): node is NodeValue {
  return node !== undefined && node.fields["disabled"] !== true;
}

/** Whether a record can have a message when it leaves `name`. */
export function mayHaveMessage({ document, kinds, seeds }: Ground, name: string): boolean {
  const rowsAreKnown = seeds.kind === null || seeds.kind === "inline";
  if (seeds.columns.includes("messages") || !rowsAreKnown) return true;
  const seen = new Set([name]);
  for (const here of seen) {
    const node = document.nodes[here];
    // What a kind gives that is not known here is not known either.
    if (isOn(node) && (kinds[node.kind]?.gives ?? ["message"]).includes("message")) return true;
    for (const { source, target } of Object.values(document.edges)) {
      if (target === here) seen.add(source);
    }
  }
  return false;
}

/** The kind by which an entry is met: its own, or that of the block's node at that end. */
function faceOf({ kind }: Entry, end: Origin["end"], kinds: ById<Kind>): Kind | undefined {
  if (!kind.block) return kind;
  const gate = gateOf(kind.block.piece, end);
  return gate === undefined ? undefined : kinds[kind.block.piece.nodes[gate]?.kind ?? ""];
}

function shares(gives: readonly Ware[], takes: readonly Ware[]): boolean {
  return gives.some((ware) => takes.includes(ware));
}

/** How well an entry fits the arrow; nothing where it cannot stand there. */
export function fitOf(ground: Ground, from: Origin, entry: Entry): Fit | undefined {
  const { document, kinds } = ground;
  const origin = document.nodes[from.node];
  const look = kinds[origin?.kind ?? ""];
  const face = faceOf(entry, from.end, kinds);
  if (!origin || !face) return undefined;
  const isAfter = from.end === "source";
  const [giver, taker] = isAfter ? [look, face] : [face, look];
  if (isAfter && face.needs_message && !mayHaveMessage(ground, from.node)) return "lacks";
  return shares(giver?.gives ?? [], taker?.takes ?? []) ? "fits" : "possible";
}

/** The entries that can stand there, those that fit first; each part in its old order. */
export function fitting(
  ground: Ground,
  from: Origin,
  entries: readonly Entry[],
): (readonly [Entry, Fit])[] {
  const rated = entries.flatMap((entry) => {
    const fit = fitOf(ground, from, entry);
    return fit ? [[entry, fit] as const] : [];
  });
  return FITS.flatMap((wanted) => rated.filter(([, fit]) => fit === wanted));
}

const OTHER: Readonly<Record<string, string>> = { user: "assistant", assistant: "user" };

/**
 * What a new node says at first where it comes from an arrow: a turn after a turn speaks for the
 * other side, since two turns of one role in a row are a problem.
 */
export function firstFields(kind: string, origin: NodeValue | undefined): NodeValue["fields"] {
  if (!["turn", "panel"].includes(kind) || !origin) return {};
  if (!["turn", "panel"].includes(origin.kind)) return {};
  const usual = (name: string): string => (name === "turn" ? "user" : "assistant");
  const said = origin.fields["role"] ?? usual(origin.kind);
  const role = OTHER[String(said)];
  return role && role !== usual(kind) ? { role } : {};
}
