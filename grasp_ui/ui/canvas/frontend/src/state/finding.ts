/** Finds nodes by name, title, kind and anything that is written in them. */

import { factsOf } from "./describe";
import type { ById, Document, Kind } from "./model";

export interface Hit {
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  /** The text around the match, where it was found in a field. */
  readonly excerpt: string;
}

const AROUND = 28;

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    Array.isArray(value) ? textsIn(item) : [...(typeof item === "number" ? [key] : []), ...textsIn(item)],
  );
}

function around(text: string, at: number, length: number): string {
  const start = Math.max(0, at - AROUND);
  const end = Math.min(text.length, at + length + AROUND * 2);
  const middle = text.slice(start, end).replaceAll(/\s+/g, " ");
  return `${start > 0 ? "…" : ""}${middle}${end < text.length ? "…" : ""}`;
}

/** Nodes that match, best first: by name or title, by kind, by text; all for an empty query. */
export function nodesFound(document: Document, kinds: ById<Kind>, query: string): Hit[] {
  const wanted = query.trim().toLowerCase();
  const hits = Object.entries(document.nodes).flatMap(([name, node]): { hit: Hit; rank: number }[] => {
    const look = kinds[node.kind];
    const { title, kind } = factsOf(name, node, look);
    const hit = { name, title, kind, excerpt: "" };
    const names = [name.toLowerCase(), title.toLowerCase()];
    if (names.some((one) => one.startsWith(wanted))) return [{ hit, rank: 0 }];
    if (names.some((one) => one.includes(wanted))) return [{ hit, rank: 1 }];
    if (`${node.kind} ${kind} ${look?.group ?? ""}`.toLowerCase().includes(wanted)) return [{ hit, rank: 2 }];
    for (const text of textsIn(node.fields)) {
      const at = text.toLowerCase().indexOf(wanted);
      if (at >= 0) return [{ hit: { ...hit, excerpt: around(text, at, wanted.length) }, rank: 3 }];
    }
    return [];
  });
  return hits.toSorted((a, b) => a.rank - b.rank).map(({ hit }) => hit);
}
