/** The places for variables in a text, and which of them are known here. */

/** What stands below a variable; null where that is not known, `*` where there may be more. */
export type Tree = { readonly [part: string]: Tree } | null;

export interface Names {
  /** The variables that the text can use. */
  readonly known: readonly string[];
  /** Whether there may be others, so that no name is wrong. */
  readonly open: boolean;
  /** Jinja has its own marks, and what is wrong with it only the server can say. */
  readonly jinja: boolean;
  /** What stands below each variable. */
  readonly parts?: Readonly<Record<string, Tree>>;
}

export interface Piece {
  readonly text: string;
  readonly kind: "plain" | "known" | "unknown";
  /** What stands between the marks; empty for plain text. */
  readonly name: string;
}

/** The same as `PLACE` of `grasp_ui/text/templates.py`. */
const PLACE = /\{([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)\}/gu;
const JINJA = /\{\{(.*?)\}\}|\{%(.*?)%\}/gsu;
const FAR = 3;
/** How many parts are named where none is near. */
const SHOWN = 8;

/** `text` cut into plain parts and places; joined they are `text` again. */
export function piecesOf(text: string, { known, open, jinja, parts = {} }: Names): Piece[] {
  const roots = new Set(known.map(rootOf));
  const pieces: Piece[] = [];
  let end = 0;
  const plain = (upTo: number): void => {
    if (upTo > end) pieces.push({ text: text.slice(end, upTo), kind: "plain", name: "" });
  };
  for (const found of text.matchAll(jinja ? JINJA : PLACE)) {
    plain(found.index);
    const name = (found[1] ?? found[2] ?? "").trim();
    const isFree = jinja || (open && !roots.has(rootOf(name)));
    const kind = isFree || (roots.has(rootOf(name)) && !lost(name, parts)) ? "known" : "unknown";
    pieces.push({ text: found[0], kind, name });
    end = found.index + found[0].length;
  }
  plain(text.length);
  return pieces;
}

/** One sentence for each name that is not known and that the server has not named yet. */
export function complaints(
  pieces: readonly Piece[],
  { known, parts = {}, problems }: Pick<Names, "known" | "parts"> & { readonly problems: readonly string[] },
): string[] {
  const strange = new Set(pieces.filter(({ kind }) => kind === "unknown").map(({ name }) => name));
  const isTold = (name: string): boolean => problems.some((words) => words.includes(`'${rootOf(name)}'`));
  return [...strange]
    .filter((name) => !isTold(name))
    .map((name) => {
      const missing = known.includes(rootOf(name)) && lost(name, parts);
      if (missing) return missing;
      const meant = nearest(rootOf(name), known);
      const advice = meant ? `Did you mean '${meant}'?` : "Nothing before this node writes it.";
      return `There is no variable '${rootOf(name)}'. ${advice}`;
    });
}

/** `text` with every place filled that `values` has a value for; all others stay as written. */
export function filled(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(PLACE, (place, name: string) => {
    const value = lookUp(values, name.split("."));
    return value === undefined ? place : typeof value === "string" ? value : json(value);
  });
}

function lookUp(values: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  let found: unknown = values;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}

/** JSON as Python writes it, with a space after each comma and colon. */
function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${json(part)}`);
  return `{${pairs.join(", ")}}`;
}

/** Why a part of a variable leads nowhere; empty where it leads somewhere, or nobody knows. */
function lost(name: string, parts: Readonly<Record<string, Tree>>): string {
  const [root = "", ...steps] = name.split(".");
  let [tree, owner] = [parts[root] ?? null, root];
  for (const step of steps) {
    if (!tree || (Object.hasOwn(tree, "*") && !Object.hasOwn(tree, step))) return "";
    const isItem = /^\d+$/u.test(step) && Object.hasOwn(tree, "0");
    if (!isItem && !Object.hasOwn(tree, step)) return saidOf(owner, step, Object.keys(tree));
    tree = tree[isItem ? "0" : step] ?? null;
    owner = `${owner}.${step}`;
  }
  return "";
}

function saidOf(owner: string, step: string, there: readonly string[]): string {
  if (there.length === 0) return `'${owner}' is a text or a number: it has no part '${step}'.`;
  const meant = nearest(step, there);
  const advice = meant ? `Did you mean '${owner}.${meant}'?` : `Known: ${there.slice(0, SHOWN).join(", ")}.`;
  return `No part '${step}' of '${owner}' is known. ${advice}`;
}

function rootOf(name: string): string {
  return name.split(".")[0] ?? name;
}

function nearest(name: string, known: readonly string[]): string {
  const far = Math.min(FAR, Math.ceil(name.length / 2));
  const ranked = known
    .map((other) => ({ other, steps: distance(name, other) }))
    .filter(({ steps }) => steps < far)
    .toSorted((a, b) => a.steps - b.steps);
  return ranked[0]?.other ?? "";
}

/** How many letters must be added, removed or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
