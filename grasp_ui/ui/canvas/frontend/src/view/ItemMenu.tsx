/** The menu of a right click on a node or an arrow. */

import { type KeyboardEvent, type ReactElement, useEffect, useRef } from "react";
import type { Menu } from "../state/desk";
import { SEEDS, isNote } from "../state/model";
import { type Place, usePlace } from "./context";
import { Icon } from "./Icon";

type ItemWish = Extract<Menu, { type: "node" | "edge" }>;
type Line = readonly [icon: string, label: string, act: () => void];

/** The browser may refuse: then it can be pasted in this tab alone. */
function copyOut(text: string | undefined): void {
  if (text) navigator.clipboard?.writeText(text).catch(() => {});
}

function linesOf(menu: ItemWish, { desk, deeds }: Place): Line[] {
  if (menu.type === "edge") {
    return [
      ["edit", "Edit the condition", () => desk.openLabel(menu.id)],
      ["delete", "Delete arrow", () => deeds.remove()],
    ];
  }
  const isOff = desk.editor.document.nodes[menu.id]?.fields["disabled"] === true;
  const chosen = desk.editor.selected.nodes.filter((name) => name !== SEEDS);
  const group: Line[] =
    chosen.length > 1 ? [["select_all", "Group into a subgraph", () => deeds.group()]] : [];
  const inside: Line[] =
    chosen.length === 1 && deeds.holds(menu.id) ? [["open_in_full", "Open the graph inside", () => deeds.open(menu.id)]] : [];
  const apart: Line[] = inside.length > 0 && !deeds.isMap(menu.id) ? [["ungroup", "Ungroup", () => deeds.ungroup()]] : [];
  const off: Line = ["power_settings_new", isOff ? "Switch on" : "Switch off", () => deeds.toggle()];
  const write: Line[] = isNote(menu.id) ? [["edit", "Write", () => deeds.open(menu.id)]] : [];
  return [
    ...write,
    ...inside,
    ...apart,
    ...group,
    ["content_copy", "Copy", () => copyOut(deeds.copy())],
    ["control_point_duplicate", "Duplicate", () => deeds.duplicate()],
    ...(isNote(menu.id) ? [] : [off]),
    ["delete", "Delete", () => deeds.remove()],
  ];
}

interface ItemMenuProps {
  readonly menu: ItemWish;
  readonly onDone: () => void;
}

export function ItemMenu({ menu, onDone }: ItemMenuProps): ReactElement {
  const place = usePlace();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const buttons = [...(box.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button.matches(":focus"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) buttons[(at + step + buttons.length) % buttons.length]?.focus();
    if (event.key === "Escape" || event.key === "Tab") onDone();
    if (step || event.key === "Tab") event.preventDefault();
  };
  return (
    <div className="menu item" role="menu" ref={box} onKeyDown={onKeyDown}>
      {linesOf(menu, place).map(([icon, label, act]) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          onClick={() => {
            onDone();
            act();
          }}
        >
          <Icon name={icon} size={17} />
          {label}
        </button>
      ))}
    </div>
  );
}
