/** The quick menu: search a kind and add it here, or connect to a node that is there. */

import type { ReactElement } from "react";
import type { Menu } from "../state/desk";
import { factsOf } from "../state/describe";
import { found, grouped } from "../state/kinds";
import { refusal } from "../state/rules";
import { isNote } from "../state/model";
import { type Choice, Chooser } from "./Chooser";
import { type Place, usePlace } from "./context";

type AddWish = Extract<Menu, { type: "add" }>;

/** Kinds to add, then nodes that the arrow could lead to. */
function choicesOf(menu: AddWish, query: string, { desk, deeds }: Place): Choice[] {
  const { kinds } = desk.shown;
  const { document } = desk.editor;
  const known = query ? found(kinds, query) : grouped(kinds, "").flatMap((group) => group.entries);
  const entries = known.filter(({ name }) => !menu.from || !isNote(name));
  const additions = entries.map(({ name, kind }): Choice => ({
    ...kind,
    key: name,
    heading: query ? "Add" : kind.group || "Add",
    act: () => deeds.add(name, menu.place, menu.from),
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
  readonly onDone: () => void;
}

export function AddMenu({ menu, onDone }: AddMenuProps): ReactElement {
  const place = usePlace();
  return (
    <Chooser
      title="Add a node"
      label="Search node kinds"
      placeholder={menu.from ? "Add next, or connect to…" : "Add a node…"}
      choicesOf={(query) => choicesOf(menu, query, place)}
      onDone={onDone}
    />
  );
}
