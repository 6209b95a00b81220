/** Two kept versions in place of the drawing: the later one, with marks, to be looked at. */

import { Desk, type Shown } from "./desk";
import { Editor } from "./editor";
import type { ById, Document, Marks, Seeds } from "./model";
import { Outbox } from "./outbox";
import { Runs } from "./runs";

export interface Compared {
  readonly document: Document & { readonly seeds: Seeds };
  readonly marks: Marks;
  readonly models: ById<string>;
  /** Which two they are. */
  readonly words: string;
}

const HELD = "Kept versions are only looked at. Go back to the drawing to change it.";

/** A desk of its own: nobody hears of what is selected on it, and nothing can be changed. */
export function stillDesk({ document, marks, models, words }: Compared, kinds: Shown["kinds"]): Desk {
  const editor = new Editor({ session: "", document, acknowledged: 0, server_revision: 0, renamed: [] });
  const shown: Shown = { kinds, problems: [], seeds: document.seeds, saved: null, marks, models, words };
  const desk = new Desk(editor, new Runs(), shown, new Outbox("still"));
  editor.refuse = () => desk.say(HELD);
  return desk;
}
