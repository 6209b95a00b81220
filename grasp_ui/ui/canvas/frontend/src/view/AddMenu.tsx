/** The quick menu: search a kind and add it here, or connect to a node that is there. */

import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import type { Menu } from "../state/desk";
import { factsOf } from "../state/describe";
import { found, grouped } from "../state/kinds";
import { refusal } from "../state/rules";
import { usePlace } from "./context";
import { Icon } from "./Icon";
import { Tile } from "./Tile";

type AddWish = Extract<Menu, { type: "add" }>;

interface Choice {
  readonly key: string;
  readonly title: string;
  readonly help: string;
  readonly icon: string;
  readonly color: string;
  readonly heading: string;
  readonly act: () => void;
}

/** Kinds to add, then nodes that the arrow could lead to. */
function useChoices(menu: AddWish, query: string): Choice[] {
  const { desk, deeds } = usePlace();
  const { kinds } = desk.shown;
  const { document } = desk.editor;
  const entries = query ? found(kinds, query) : grouped(kinds, "").flatMap((group) => group.entries);
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
    .filter(([name]) => name.includes(query.trim()) && !refusal(document, ...ends(name)))
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
        act: () => deeds.connect(...ends(name)),
      };
    });
  return [...additions, ...connections];
}

interface AddMenuProps {
  readonly menu: AddWish;
  readonly onDone: () => void;
}

export function AddMenu({ menu, onDone }: AddMenuProps): ReactElement {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const choices = useChoices(menu, query);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const choose = (choice: Choice | undefined): void => {
    if (!choice) return;
    onDone();
    choice.act();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((now) => (now + step + choices.length) % Math.max(1, choices.length));
    if (event.key === "Enter") choose(choices[at]);
    if (event.key === "Escape" || event.key === "Tab") onDone();
    if (step || event.key === "Tab") event.preventDefault();
  };
  return (
    <div className="menu add" role="dialog" aria-label="Add a node">
      <label className="search">
        <Icon name="search" size={17} />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="choices"
          aria-activedescendant={`choice-${at}`}
          aria-label="Search node kinds"
          placeholder={menu.from ? "Add next, or connect to…" : "Add a node…"}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div className="choices" id="choices" role="listbox" aria-label="Choices" ref={list}>
        {choices.map((choice, index) => (
          <div key={choice.key} role="presentation">
            {choices[index - 1]?.heading !== choice.heading && (
              <div className="heading" role="presentation">
                {choice.heading}
              </div>
            )}
            <button
              type="button"
              id={`choice-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              onPointerMove={() => setAt(index)}
              onClick={() => choose(choice)}
            >
              <Tile icon={choice.icon} color={choice.color} size={28} />
              <span className="names">
                <strong>{choice.title}</strong>
                <span>{choice.help}</span>
              </span>
            </button>
          </div>
        ))}
        {choices.length === 0 && <p className="none">Nothing matches “{query}”.</p>}
      </div>
    </div>
  );
}
