/** Undo and redo: steps that say what they changed, so that each can be turned around. */

import { type Change, inverse } from "./change";
import type { Rename } from "./model";

export interface Step {
  readonly why: string;
  readonly change: Change;
  readonly renamed: readonly Rename[];
}

export const LIMIT = 100;

export function reversed(step: Step): Step {
  return {
    why: step.why,
    change: inverse(step.change),
    renamed: step.renamed.map(([old, name]): Rename => [name, old]).toReversed(),
  };
}

export class History {
  private past: Step[] = [];
  private future: Step[] = [];

  record(step: Step): void {
    this.past.push(step);
    if (this.past.length > LIMIT) this.past.shift();
    this.future = [];
  }

  /** The step that takes the newest one back; nothing when there is none. */
  undo(): Step | undefined {
    const step = this.past.pop();
    if (!step) return undefined;
    this.future.push(step);
    return reversed(step);
  }

  redo(): Step | undefined {
    const step = this.future.pop();
    if (step) this.past.push(step);
    return step;
  }

  get undoes(): string | undefined {
    return this.past.at(-1)?.why;
  }

  get redoes(): string | undefined {
    return this.future.at(-1)?.why;
  }
}
