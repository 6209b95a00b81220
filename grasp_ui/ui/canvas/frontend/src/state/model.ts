/** What the canvas shows and says; the shapes of `protocol.py`, plus small helpers on them. */

export type Position = readonly [number, number];
export type Fields = Readonly<Record<string, unknown>>;
export type ById<T> = Readonly<Record<string, T>>;
export type Rename = readonly [string, string];

export interface NodeValue {
  readonly kind: string;
  readonly fields: Fields;
  readonly position: Position | null;
}

export interface EdgeValue {
  readonly source: string;
  readonly target: string;
  readonly when: string | null;
  readonly max_visits: number | null;
}

export interface Document {
  readonly nodes: ById<NodeValue>;
  readonly edges: ById<EdgeValue>;
}

export interface Seeds {
  readonly kind: string | null;
  readonly summary: string;
  readonly columns: readonly string[];
}

export interface Kind {
  readonly title: string;
  readonly help: string;
  readonly group: string;
  readonly icon: string;
  readonly color: string;
  /** The variable that it writes where its fields name none. */
  readonly writes?: string;
  /** What it hands on, what it can work with, and whether it needs a message before it. */
  readonly gives?: readonly Ware[];
  readonly takes?: readonly Ware[];
  readonly needs_message?: boolean;
  /** What is put in where the entry is no kind of node but a block of one's own. */
  readonly block?: Block;
}

export type Ware = "message" | "variable";

/** Nodes that were saved together; `<<name>>` in their fields is a parameter. */
export interface Block {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The aliases that its nodes call. */
  readonly models: readonly string[];
  readonly piece: Document;
}

export interface Problem {
  readonly node: string | null;
  readonly edge: string | null;
  readonly field: string | null;
  readonly what: string;
  readonly fix: string;
  readonly severity: "error" | "warning";
}

export type Mark = "added" | "removed" | "changed";

/** What differs from a version that is compared; ghosts are what is gone. */
export interface Marks {
  readonly nodes: ById<Mark>;
  readonly edges: ById<Mark>;
  readonly ghosts: Document;
}

export interface Edit {
  readonly revision: number;
  /** Whom it speaks to: the revisions of another session are counted differently. */
  readonly session: string;
  readonly server_revision: number;
  readonly why: string;
  readonly renamed: readonly Rename[];
  readonly nodes: ById<NodeValue | null>;
  readonly edges: ById<EdgeValue | null>;
  /** What stands at a new place, each with what it stands after. */
  readonly places: readonly (readonly [string, string])[];
}

/** What the server last said about the document. */
export interface ServerState {
  readonly session: string;
  readonly document: Document;
  readonly acknowledged: number;
  readonly server_revision: number;
  /** Every rename by the server: its revision, the old name, the new name. */
  readonly renamed: readonly (readonly [number, string, string])[];
}

export const EMPTY: Document = { nodes: {}, edges: {} };
export const SEEDS = "@seeds";
/** The kind of a sticky note; the names of notes begin so too, which no node's name does. */
export const NOTE = "@note";

export function isNote(name: string): boolean {
  return name.startsWith(NOTE);
}

/** The document without its notes: what runs. */
export function running(document: Document): Document {
  const nodes = Object.entries(document.nodes);
  if (!nodes.some(([name]) => isNote(name))) return document;
  return { ...document, nodes: Object.fromEntries(nodes.filter(([name]) => !isNote(name))) };
}

/** Whether two JSON values say the same; the order of keys does not count. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  if (left.length !== Object.keys(b).length) return false;
  return left.every(([key, value]) => key in b && equal(value, (b as Record<string, unknown>)[key]));
}

export function edgeName(source: string, target: string): string {
  return `${source} -> ${target}`;
}

/** Edges under the ids that the server gives them: a second `a -> b` is `a -> b #2`. */
export function keyed(edges: Iterable<EdgeValue>): Record<string, EdgeValue> {
  const result: Record<string, EdgeValue> = {};
  const seen = new Map<string, number>();
  for (const edge of edges) {
    const name = edgeName(edge.source, edge.target);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    result[number === 1 ? name : `${name} #${number}`] = edge;
  }
  return result;
}

/** The document after a node was renamed, in place. */
export function renameAll(document: Document, [old, fresh]: Rename): Document {
  const named = (name: string): string => (name === old ? fresh : name);
  const nodes = Object.fromEntries(
    Object.entries(document.nodes).map(([name, node]) => [named(name), node]),
  );
  const edges = keyed(
    Object.values(document.edges).map((edge) => ({
      ...edge,
      source: named(edge.source),
      target: named(edge.target),
    })),
  );
  return { nodes, edges };
}
