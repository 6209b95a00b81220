/** Which other record the preview shall show, on its way to the server. */

import type { Receipt } from "./sync";

/** A record by its number, and how many steps from there. */
export interface Turn {
  readonly client: string;
  readonly number: number;
  readonly record: number;
  readonly steps: number;
}

export class Turning {
  private number = 0;
  private asked: Turn | null = null;

  constructor(readonly client: string) {}

  /** What was asked for and not heard yet. */
  get unheard(): Turn | null {
    return this.asked;
  }

  ask(record: number, steps = 0): Turn {
    this.number += 1;
    this.asked = { client: this.client, number: this.number, record, steps };
    return this.asked;
  }

  /** So many steps from what is shown, and from there on from what is asked for. */
  step(shown: number, steps: number): Turn {
    const { record, steps: before } = this.asked ?? { record: shown, steps: 0 };
    return this.ask(record, before + steps);
  }

  receive({ client, heard }: Receipt): void {
    if (this.asked && client === this.client && heard >= this.asked.number) this.asked = null;
  }
}
