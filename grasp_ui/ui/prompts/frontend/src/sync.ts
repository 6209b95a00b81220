/**
 * What a person typed, on its way to the server and back.
 *
 * The text here is the person's. The server's is taken in only where nothing of the person's is
 * unsent or unheard, so that no answer to an older text can undo a keystroke.
 */

export interface Letter {
  readonly client: string;
  readonly number: number;
  readonly text: string;
}

export interface Receipt {
  readonly client: string;
  readonly heard: number;
}

export class Sync {
  private number = 0;
  private sent: Letter | null = null;
  private isDirty = false;

  constructor(
    readonly client: string,
    public text: string,
  ) {}

  /** Whether something is still to be sent. */
  get isUnsent(): boolean {
    return this.isDirty;
  }

  /** Whether something was sent and not heard yet. */
  get isUnheard(): boolean {
    return this.sent !== null;
  }

  type(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.isDirty = true;
  }

  /** The letter to send now: what is unsent, else what was not heard; null where there is none. */
  letter(): Letter | null {
    if (this.isDirty) {
      this.number += 1;
      this.sent = { client: this.client, number: this.number, text: this.text };
      this.isDirty = false;
    }
    return this.sent;
  }

  /** Takes in what the server has; true where the text is another one now. */
  receive(text: string, receipt: Receipt): boolean {
    if (this.sent && receipt.client === this.client && receipt.heard >= this.sent.number) this.sent = null;
    if (this.isDirty || this.sent || text === this.text) return false;
    this.text = text;
    return true;
  }
}

/** Where a caret in `before` belongs in `after`: with the letters around it. */
export function carried(caret: number, before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  if (caret <= head) return caret;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return caret >= before.length - tail ? after.length - (before.length - caret) : after.length - tail;
}
