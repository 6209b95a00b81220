/** Node kinds as lists show them: searched, and by group in the order of the registry. */

import type { ById, Kind } from "./model";

export interface Entry {
  readonly name: string;
  readonly kind: Kind;
}

export interface Group {
  readonly group: string;
  readonly entries: readonly Entry[];
}

/** Better matches first: a title that begins so, then any mention. */
export function found(kinds: ById<Kind>, query: string): Entry[] {
  const wanted = query.trim().toLowerCase();
  const rank = ({ name, kind }: Entry): number => {
    const title = kind.title.toLowerCase();
    if (title.startsWith(wanted) || name.startsWith(wanted)) return 0;
    if (title.includes(wanted) || name.includes(wanted)) return 1;
    return `${kind.help} ${kind.group}`.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return Object.entries(kinds)
    .map(([name, kind]): Entry => ({ name, kind }))
    .filter((entry) => rank(entry) < 3)
    .toSorted((a, b) => rank(a) - rank(b));
}

export function grouped(kinds: ById<Kind>, query: string): Group[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of found(kinds, query)) {
    const { group } = entry.kind;
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return [...groups].map(([group, entries]) => ({ group, entries }));
}
