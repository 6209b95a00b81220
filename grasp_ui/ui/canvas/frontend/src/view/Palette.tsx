/** The rail of node kinds: search, click to add, or drag onto the canvas. */

import { type DragEvent, type ReactElement, useState } from "react";
import { type Entry, grouped } from "../state/kinds";
import { memory } from "../state/memory";
import { useDesk } from "./context";
import { Icon } from "./Icon";
import { Tile } from "./Tile";

export const DRAGGED = "application/x-grasp-kind";

function Item({ entry, onAdd }: { readonly entry: Entry; readonly onAdd: () => void }): ReactElement {
  const onDragStart = (event: DragEvent): void => {
    event.dataTransfer.setData(DRAGGED, entry.name);
    event.dataTransfer.effectAllowed = "copy";
  };
  return (
    <button
      type="button"
      className="kind"
      draggable
      data-palette={entry.name}
      title={`${entry.kind.title}: ${entry.kind.help}`}
      onDragStart={onDragStart}
      onClick={onAdd}
    >
      <Tile icon={entry.kind.icon} color={entry.kind.color} size={30} />
      <span className="names">
        <strong>{entry.kind.title}</strong>
        <span>{entry.kind.help}</span>
      </span>
    </button>
  );
}

interface PaletteProps {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onAdd: (kind: string) => void;
}

export function Palette({ isOpen, onToggle, onAdd }: PaletteProps): ReactElement {
  const kinds = useDesk(({ shown }) => shown.kinds);
  const [query, setQuery] = useState("");
  const [shut, setShut] = useState<ReadonlySet<string>>(memory.shut);
  const wanted = isOpen ? query : "";
  const groups = grouped(kinds, wanted);
  // What is searched for is shown, wherever it is.
  const isShut = (group: string): boolean => !wanted && shut.has(group);
  const toggle = (group: string): void => {
    const others = [...shut].filter((name) => name !== group);
    memory.shut = new Set(shut.has(group) ? others : [...others, group]);
    setShut(memory.shut);
  };
  return (
    <aside className={isOpen ? "palette" : "palette folded"} aria-label="Node kinds">
      <div className="palette-top">
        {isOpen && (
          <label className="search">
            <Icon name="search" size={17} />
            <input
              type="search"
              placeholder="Search nodes"
              aria-label="Search node kinds in the palette"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          </label>
        )}
        <button
          type="button"
          className="tool"
          aria-expanded={isOpen}
          aria-label={isOpen ? "Fold the palette" : "Unfold the palette"}
          title={isOpen ? "Fold the palette" : "Unfold the palette"}
          onClick={onToggle}
        >
          <Icon name={isOpen ? "left_panel_close" : "left_panel_open"} />
        </button>
      </div>
      <div className="palette-list">
        {groups.map(({ group, entries }) => (
          <section key={group} aria-label={group || "Nodes"}>
            <h3>
              <button type="button" aria-expanded={!isShut(group)} onClick={() => toggle(group)}>
                <Icon name="keyboard_arrow_down" size={15} />
                {group || "Nodes"}
                {isOpen && isShut(group) && <span>{entries.length}</span>}
              </button>
            </h3>
            {!isShut(group) &&
              entries.map((entry) => (
                <Item key={entry.name} entry={entry} onAdd={() => onAdd(entry.name)} />
              ))}
          </section>
        ))}
        {groups.length === 0 && <p className="none">No kind matches “{query}”.</p>}
      </div>
    </aside>
  );
}
