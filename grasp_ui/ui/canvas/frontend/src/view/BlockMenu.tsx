/** Asks for a block's parameters where it was dropped; then its nodes are put there. */

import { type CSSProperties, type FormEvent, type KeyboardEvent, type ReactElement, useState } from "react";
import { valuesOf, wordOf } from "../state/blocks";
import type { Size } from "../state/sizes";
import { useDesk, usePlace } from "./context";
import type { Wish } from "./shelf";

export const BLOCK_MENU: Size = { width: 290, height: 260 };

interface BlockMenuProps {
  readonly wish: Wish;
  readonly style: CSSProperties;
  readonly onDone: () => void;
}

export function BlockMenu({ wish, style, onDone }: BlockMenuProps): ReactElement | null {
  const { deeds } = usePlace();
  const entry = useDesk(({ shown }) => shown.kinds[wish.name]);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  if (!entry?.block) return null;
  const { parameters } = entry.block;
  const insert = (event: FormEvent): void => {
    event.preventDefault();
    deeds.addBlock(wish.name, valuesOf(parameters, typed), wish.place, wish.from);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape") onDone();
  };
  return (
    <>
      <div className="veil" onPointerDown={onDone} onContextMenu={(event) => event.preventDefault()} />
      <div className="floating" style={style}>
        <form className="menu block" role="dialog" aria-label={`Parameters of ${entry.title}`} onSubmit={insert} onKeyDown={onKeyDown}>
          <h2>
            <b>{entry.title}</b> asks for
          </h2>
          <div className="fields">
            {Object.entries(parameters).map(([name, value], index) => (
              <label key={name}>
                {name}
                <input
                  autoFocus={index === 0}
                  value={typed[name] ?? wordOf(value)}
                  onFocus={({ currentTarget }) => currentTarget.select()}
                  onChange={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value })}
                />
              </label>
            ))}
          </div>
          <div className="block-end">
            <button type="button" className="quiet" onClick={onDone}>
              Cancel
            </button>
            <button type="submit" className="draw">
              Add
            </button>
          </div>
        </form>
      </div>
    </>
  );
}
