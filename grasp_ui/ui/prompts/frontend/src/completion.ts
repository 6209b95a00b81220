/** Completing the name of a variable after an open brace. */

import type { Names, Tree } from "./places";

export interface Place {
  /** Where the name begins, and where what it replaces ends. */
  readonly from: number;
  readonly to: number;
  readonly typed: string;
}

export interface Insertion {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const BEFORE = { plain: /\{([\p{L}\p{N}_.]*)$/u, jinja: /\{\{\s*([\p{L}\p{N}_.]*)$/u };
/** What can stand between dots. */
const STEP = /^[\p{L}\p{N}_]+$/u;
const REST = /^[\p{L}\p{N}_.]*/u;

/** The place that the caret stands in, if a name is being written there. */
export function placeAt(text: string, caret: number, jinja: boolean): Place | null {
  const before = BEFORE[jinja ? "jinja" : "plain"].exec(text.slice(0, caret));
  if (!before) return null;
  const typed = before[1] ?? "";
  const rest = REST.exec(text.slice(caret))?.[0] ?? "";
  const isClosed = text[caret + rest.length] === "}";
  return { from: caret - typed.length, to: isClosed ? caret + rest.length : caret, typed };
}

/** The names that fit: first those that begin with what is typed, then those that have it. */
export function fitting(known: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const begins = known.filter((name) => name.toLowerCase().startsWith(wanted));
  const has = known.filter((name) => name.toLowerCase().includes(wanted) && !begins.includes(name));
  return [...begins, ...has];
}

/** Variables that fit; after a dot, or where only one is left, what stands below them too. */
export function offered({ known, parts }: Pick<Names, "known" | "parts">, typed: string): string[] {
  const depth = typed.split(".").length;
  const roots = fitting(known, typed);
  const wanted = depth > 1 ? known : roots.length === 1 ? roots : [];
  const most = Math.max(2, depth);
  return [...roots, ...fitting(wanted.flatMap((name) => pathsBelow(name, parts?.[name] ?? null, most)), typed)];
}

function pathsBelow(name: string, tree: Tree, most: number): string[] {
  const isDeep = name.split(".").length >= most;
  if (!tree || isDeep) return [];
  return Object.entries(tree)
    .filter(([step]) => STEP.test(step))
    .flatMap(([step, below]) => [`${name}.${step}`, ...pathsBelow(`${name}.${step}`, below, most)]);
}

/** What is to be replaced by what; a brace that is there already is not written again. */
export function insertion(text: string, place: Place, name: string, jinja: boolean): Insertion {
  const marks = jinja ? " }}" : "}";
  const end = text.slice(place.to).trimStart().startsWith(marks.trim()) ? "" : marks;
  return { from: place.from, to: place.to, text: name + end };
}
