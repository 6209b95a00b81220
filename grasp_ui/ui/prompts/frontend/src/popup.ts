/** The list of names under an open brace. */

import { type Place, offered } from "./completion";
import type { Names } from "./places";

const MOST = 50;
let lists = 0;

export class Popup {
  readonly list = document.createElement("ul");
  place: Place | null = null;
  private names: string[] = [];
  private at = 0;

  constructor(
    private readonly area: HTMLTextAreaElement,
    private readonly choose: (name: string) => void,
  ) {
    lists += 1;
    this.list.id = `names-${lists}`;
    this.list.className = "names";
    this.list.popover = "manual";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Variables");
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    // A press must not take the focus from the text.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const name = (event.target as Element).closest("li")?.dataset["name"];
      if (name) this.choose(name);
    });
  }

  get isOpen(): boolean {
    return this.place !== null;
  }

  get chosen(): string {
    return this.names[this.at] ?? "";
  }

  /** Shows the names that fit `place` below the point `where` of the window. */
  show(place: Place, names: Names, where: DOMRect): void {
    this.names = offered(names, place.typed).slice(0, MOST);
    if (this.names.length === 0 || (this.names.length === 1 && this.names[0] === place.typed)) {
      this.hide();
      return;
    }
    this.place = place;
    this.at = 0;
    this.draw();
    this.list.showPopover();
    const { offsetHeight: high, offsetWidth: wide } = this.list;
    const fits = where.bottom + high + 4 < globalThis.innerHeight;
    this.list.style.top = `${fits ? where.bottom + 4 : Math.max(4, where.top - high - 4)}px`;
    this.list.style.left = `${Math.max(4, Math.min(where.left, globalThis.innerWidth - wide - 8))}px`;
  }

  hide(): void {
    this.place = null;
    this.area.removeAttribute("aria-activedescendant");
    if (this.list.matches(":popover-open")) this.list.hidePopover();
  }

  move(steps: number): void {
    this.at = (this.at + steps + this.names.length) % this.names.length;
    this.draw();
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  private draw(): void {
    const rows = this.names.map((name, at) => {
      const row = document.createElement("li");
      row.id = `${this.list.id}-${at}`;
      row.dataset["name"] = name;
      row.textContent = name;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(at === this.at));
      return row;
    });
    this.list.replaceChildren(...rows);
    this.area.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
  }
}
