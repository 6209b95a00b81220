/** The field: a text area, and the same text in colours under it. */

import { insertion, placeAt } from "./completion";
import { aboutTokens } from "./count";
import { part } from "./elements";
import { type Names, type Piece, complaints, filled, piecesOf } from "./places";
import { Popup } from "./popup";
import { carried } from "./sync";
import { type Place, Turner, type TurnerEars } from "./turner";

export interface Shown extends Names {
  readonly label: string;
  readonly help: string;
  /** What the server finds wrong with the field. */
  readonly problems: readonly string[];
  /** A Jinja text with the record's values, as the server fills it; null where there is nothing to fill. */
  readonly filled: string | null;
  /** Values of one record, and which record that is; null where no preview is wanted. */
  readonly sample: (Place & { readonly values: Readonly<Record<string, unknown>>; readonly source: string }) | null;
}

export interface Ears extends TurnerEars {
  readonly typed: (text: string) => void;
  readonly left: () => void;
}

let fields = 0;
/** The labels of fields whose preview is open: it opens with the next node's form too. */
const looked = new Set<string>();

export class Editor {
  readonly root = part("div", "grasp-prompt");
  private readonly label = document.createElement("label");
  private readonly help = part("span", "help");
  private readonly box = part("div", "box");
  private readonly ink = part("div", "ink");
  private readonly area = document.createElement("textarea");
  private readonly wrong = part("ul", "wrong");
  private readonly count = part("span", "count");
  private readonly chips = part("div", "chips");
  private readonly preview = document.createElement("details");
  private readonly turner: Turner;
  private readonly source = part("p", "source");
  private readonly sample = part("p", "sample");
  private readonly popup: Popup;
  private shown: Shown = { label: "", help: "", problems: [], known: [], open: true, jinja: false, filled: null, sample: null };

  constructor(private readonly ears: Ears) {
    fields += 1;
    this.area.id = `prompt-${fields}`;
    this.wrong.id = `wrong-${fields}`;
    this.label.htmlFor = this.area.id;
    this.area.rows = 1;
    this.area.dir = this.ink.dir = "auto";
    this.area.spellcheck = false;
    this.area.placeholder = "{ names a variable";
    this.area.setAttribute("aria-describedby", this.wrong.id);
    this.wrong.setAttribute("role", "status");
    this.ink.setAttribute("aria-hidden", "true");
    this.turner = new Turner(ears);
    this.popup = new Popup(this.area, (name) => this.complete(name));
    this.build();
    this.listen();
  }

  get text(): string {
    return this.area.value;
  }

  get hasFocus(): boolean {
    return (this.area.getRootNode() as Document | ShadowRoot).activeElement === this.area;
  }

  /** The number of the record that the preview shows. */
  get record(): number {
    return this.shown.sample?.record ?? 0;
  }

  /** Shows another text; a caret in it stays with the letters around it. */
  write(text: string): void {
    const { selectionStart, selectionEnd, value } = this.area;
    if (text === value) return;
    this.popup.hide();
    this.area.value = text;
    if (this.hasFocus) {
      this.area.setSelectionRange(carried(selectionStart, value, text), carried(selectionEnd, value, text));
    }
    this.draw();
  }

  show(shown: Shown): void {
    if (!this.shown.label && looked.has(shown.label)) this.preview.open = true;
    this.shown = shown;
    this.label.textContent = shown.label;
    this.help.title = shown.help;
    this.help.hidden = !shown.help;
    // A text that stays the same must not be read out again.
    const source = shown.sample?.source ?? "";
    if (this.source.textContent !== source) this.source.textContent = source;
    if (shown.sample) this.turner.show(shown.sample);
    this.chips.replaceChildren(...shown.known.map((name) => this.chip(name)));
    this.draw();
  }

  private build(): void {
    const head = part("div", "head");
    this.help.textContent = "?";
    head.append(this.label, this.help, this.count);
    const sheet = part("div", "sheet");
    sheet.append(this.ink, this.area);
    this.box.append(sheet);
    const title = document.createElement("summary");
    title.textContent = "Preview";
    this.sample.dir = "auto";
    this.source.setAttribute("role", "status");
    this.preview.append(title, this.turner.root, this.source, this.sample);
    this.root.append(head, this.box, this.wrong, this.chips, this.preview, this.popup.list);
  }

  private listen(): void {
    this.area.addEventListener("input", () => {
      this.draw();
      this.suggest();
      this.ears.typed(this.text);
    });
    this.area.addEventListener("blur", () => {
      this.popup.hide();
      this.ears.left();
    });
    this.area.addEventListener("click", () => this.popup.hide());
    this.box.addEventListener("scroll", () => this.popup.hide());
    this.preview.addEventListener("toggle", () => {
      looked[this.preview.open ? "add" : "delete"](this.shown.label);
      this.drawPreview();
    });
    this.root.addEventListener("keydown", (event) => this.press(event));
  }

  private press(event: KeyboardEvent): void {
    // Hotkeys of the page must not hear what is typed here.
    event.stopPropagation();
    if (event.isComposing || event.target !== this.area) return;
    const isHeld = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && isHeld) this.ears.left();
    else if (event.key === " " && event.ctrlKey) this.suggest();
    else if (!this.popup.isOpen || !this.steer(event)) return;
    event.preventDefault();
  }

  /** The keys of the open list; false for all others. */
  private steer({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === "ArrowDown" || key === "ArrowUp") this.popup.move(key === "ArrowDown" ? 1 : -1);
    else if ((key === "Enter" || key === "Tab") && !shiftKey) this.complete(this.popup.chosen);
    else if (key === "Escape") this.popup.hide();
    else {
      if (["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"].includes(key)) this.popup.hide();
      return false;
    }
    return true;
  }

  private suggest(): void {
    const caret = this.area.selectionStart;
    const place = placeAt(this.text, caret, this.shown.jinja);
    if (place && caret === this.area.selectionEnd) this.popup.show(place, this.shown, this.rectOf(place.from));
    else this.popup.hide();
  }

  private complete(name: string): void {
    const { place } = this.popup;
    if (place) this.put(insertion(this.text, place, name, this.shown.jinja));
    this.popup.hide();
  }

  /** A chip puts its variable where the caret is. */
  private chip(name: string): HTMLElement {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.tabIndex = -1;
    chip.textContent = name;
    chip.title = `Insert {${name}}`;
    chip.addEventListener("pointerdown", (event) => event.preventDefault());
    chip.addEventListener("click", () => {
      const text = this.shown.jinja ? `{{ ${name} }}` : `{${name}}`;
      this.put({ from: this.area.selectionStart, to: this.area.selectionEnd, text });
    });
    return chip;
  }

  /** Writes as if typed, so that the browser's own undo takes it back. */
  private put({ from, to, text }: { from: number; to: number; text: string }): void {
    this.area.focus();
    this.area.setSelectionRange(from, to);
    if (document.execCommand("insertText", false, text)) return;
    this.area.setRangeText(text, from, to, "end");
    this.area.dispatchEvent(new Event("input"));
  }

  private draw(): void {
    const pieces = piecesOf(this.text, this.shown);
    // A line break at the very end needs something after it to have a height.
    this.ink.replaceChildren(...pieces.map(drawn), "\u200b");
    const found = [...this.shown.problems, ...complaints(pieces, this.shown)];
    this.wrong.replaceChildren(...found.map((words) => said(words)));
    this.area.setAttribute("aria-invalid", String(found.length > 0));
    // What depends on the text alone moves nothing when the focus goes: no click goes astray.
    this.chips.hidden = !this.text;
    const isBare = this.shown.jinja ? this.shown.filled === null : pieces.every(({ kind }) => kind === "plain");
    this.preview.hidden = !this.shown.sample || isBare;
    this.count.textContent = this.text ? `about ${aboutTokens(this.text)} tokens` : "";
    this.drawPreview();
  }

  private drawPreview(): void {
    if (!this.preview.open) return;
    this.sample.textContent = this.shown.jinja ? this.shown.filled : filled(this.text, this.shown.sample?.values ?? {});
  }

  /** Where the letter at `index` is drawn in the window. */
  private rectOf(index: number): DOMRect {
    const range = document.createRange();
    let left = index;
    const walk = document.createTreeWalker(this.ink, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode() as Text | null; node; node = walk.nextNode() as Text | null) {
      if (left <= node.length) {
        range.setStart(node, left);
        range.setEnd(node, left);
        return range.getBoundingClientRect();
      }
      left -= node.length;
    }
    return this.area.getBoundingClientRect();
  }
}

function drawn({ text, kind }: Piece): Node {
  if (kind === "plain") return document.createTextNode(text);
  const place = part("span", kind);
  place.textContent = text;
  return place;
}

function said(words: string): HTMLElement {
  const row = document.createElement("li");
  row.textContent = words;
  return row;
}
