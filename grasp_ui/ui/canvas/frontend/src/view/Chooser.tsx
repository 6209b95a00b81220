/** A list to search and choose from with the keyboard: what to add, where to jump. */

import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { Icon } from "./Icon";
import { Tile } from "./Tile";

export interface Choice {
  readonly key: string;
  readonly title: string;
  readonly help: string;
  readonly icon: string;
  readonly color: string;
  readonly heading: string;
  readonly act: () => void;
}

interface ChooserProps {
  readonly title: string;
  readonly label: string;
  readonly placeholder: string;
  readonly choicesOf: (query: string) => readonly Choice[];
  readonly onDone: () => void;
}

export function Chooser({ title, label, placeholder, choicesOf, onDone }: ChooserProps): ReactElement {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const choices = choicesOf(query);
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
    <div className="menu add" role="dialog" aria-label={title}>
      <label className="search">
        <Icon name="search" size={17} />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="choices"
          aria-activedescendant={`choice-${at}`}
          aria-label={label}
          placeholder={placeholder}
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
