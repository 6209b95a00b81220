/** The quick menu: search a kind and add it here, or connect to a node that is there. */

import type { ReactElement } from "react";
import type { Menu } from "../state/desk";
import { factsOf } from "../state/describe";
import { type Fit, fitOf, fitting } from "../state/fit";
import { type Entry, found, grouped } from "../state/kinds";
import { refusal } from "../state/rules";
import { isNote } from "../state/model";
import { type Choice, Chooser } from "./Chooser";
import { type Place, usePlace } from "./context";
import type { Put } from "./shelf";

type AddWish = Extract<Menu, { type: "add" }>;

const HEADINGS: Readonly<Record<Fit, string>> = {
  fits: "Fits here",
  possible: "Also possible",
  lacks: "Needs a message before it",
};

/** What can be added here, each under its heading: by fit where an arrow was dropped. */
function entriesOf(menu: AddWish, query: string, { desk }: Place): (readonly [Entry, string])[] {
  const { kinds, seeds } = desk.shown;
  const { document } = desk.editor;
  const known = query ? found(kinds, query) : grouped(kinds, "").flatMap((group) => group.entries);
  const entries = known.filter(({ name }) => !menu.from || !isNote(name));
  const { from } = menu;
  if (from) {
    const ground = { document, kinds, seeds };
    // What is searched for stands in the order of the search.
    if (query) return entries.flatMap((entry) => {
      const fit = fitOf(ground, from, entry);
      return fit ? [[entry, fit === "lacks" ? HEADINGS.lacks : "Add"] as const] : [];
    });
    return fitting(ground, from, entries).map(([entry, fit]) => [entry, HEADINGS[fit]] as const);
  }
  return entries.map((entry) => [entry, query ? "Add" : entry.kind.group || "Add"] as const);
}

/** Kinds and blocks to add, then nodes that the arrow could lead to. */
function choicesOf(menu: AddWish, query: string, place: Place, put: Put): Choice[] {
  const { desk, deeds } = place;
  const { kinds } = desk.shown;
  const { document } = desk.editor;
  const additions = entriesOf(menu, query, place).map(([{ name, kind }, heading]): Choice => ({
    ...kind,
    key: name,
    heading,
    act: () => put({ name, at: menu.at, place: menu.place, ...(menu.from ? { from: menu.from } : {}) }),
  }));
  const { from } = menu;
  if (!from) return additions;
  const ends = (name: string): [string, string] =>
    from.end === "source" ? [from.node, name] : [name, from.node];
  const connections = Object.entries(document.nodes)
    .filter(([name]) => !isNote(name) && name.includes(query.trim()) && !refusal(document, ...ends(name)))
    .map(([name, node]): Choice => {
      const look = kinds[node.kind];
      const facts = factsOf(name, node, look);
      return {
        key: `@${name}`,
        title: facts.title,
        help: facts.kind,
        icon: look?.icon ?? "",
        color: look?.color ?? "",
        heading: "Connect to",
        act: () => deeds.connect(...ends(name), menu.at),
      };
    });
  return [...additions, ...connections];
}

interface AddMenuProps {
  readonly menu: AddWish;
  readonly put: Put;
  readonly onDone: () => void;
}

export function AddMenu({ menu, put, onDone }: AddMenuProps): ReactElement {
  const place = usePlace();
  return (
    <Chooser
      title="Add a node"
      label="Search node kinds"
      placeholder={menu.from ? "Add next, or connect to…" : "Add a node…"}
      choicesOf={(query) => choicesOf(menu, query, place, put)}
      onDone={onDone}
    />
  );
}
