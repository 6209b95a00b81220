/** The row above a preview: the record before, the number of this one, the one after. */

import { part } from "./elements";

export interface Place {
  readonly record: number;
  readonly is_first: boolean;
  readonly is_last: boolean;
}

export interface TurnerEars {
  /** The next record, or by -1 the one before. */
  readonly stepped: (steps: number) => void;
  readonly chosen: (record: number) => void;
}

const DIGITS = /^\s*\d{1,9}\s*$/u;

export class Turner {
  readonly root = part("div", "turner");
  private readonly back = this.arrow("‹", "Previous record", -1);
  private readonly field = document.createElement("input");
  private readonly on = this.arrow("›", "Next record", 1);
  private shown = "";

  constructor(private readonly ears: TurnerEars) {
    const label = document.createElement("label");
    label.append("Record ", this.field);
    this.field.type = "text";
    this.field.inputMode = "numeric";
    this.field.autocomplete = "off";
    this.field.setAttribute("aria-label", "Record number");
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.field.addEventListener("blur", () => this.commit());
    this.root.append(this.back, label, this.on);
  }

  show({ record, is_first, is_last }: Place): void {
    const isTouched = this.field.value !== this.shown;
    this.shown = String(record);
    if (!isTouched) this.field.value = this.shown;
    // A button that is disabled loses the keys: these stay, and say that there is no more.
    this.back.setAttribute("aria-disabled", String(is_first));
    this.on.setAttribute("aria-disabled", String(is_last));
  }

  private press(event: KeyboardEvent): void {
    const { key } = event;
    if (key === "Enter") this.commit();
    else if (key === "Escape") this.field.value = this.shown;
    else if (key === "ArrowUp" || key === "ArrowDown") this.ears.stepped(key === "ArrowUp" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  /** What was typed, where it is a number and another one. */
  private commit(): void {
    const { value } = this.field;
    const isOther = DIGITS.test(value) && Number(value) !== Number(this.shown);
    this.field.value = this.shown;
    if (isOther) this.ears.chosen(Number(value));
  }

  private arrow(sign: string, name: string, steps: number): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") this.ears.stepped(steps);
    });
    return button;
  }
}
