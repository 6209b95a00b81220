/** What outlives a mount: leaving the page and coming back finds undo, view and selection. */

import { Editor } from "./editor";
import type { Document, ServerState } from "./model";
import { Outbox } from "./outbox";
import { Runs } from "./runs";

interface Memory {
  readonly editors: Map<string, Editor>;
  readonly runs: Map<string, Runs>;
  readonly outboxes: Map<string, Outbox>;
  readonly client: string;
  clipboard: Document | undefined;
  mounts: number;
  /** The groups of the palette that are folded away. */
  shut: ReadonlySet<string>;
}

// On the window, not in the module: a bundle that is fetched twice must share it.
const PLACE = Symbol.for("grasp-ui.canvas");
const home = globalThis as unknown as Record<symbol, Memory | undefined>;

export const memory: Memory = (home[PLACE] ??= {
  editors: new Map(),
  runs: new Map(),
  outboxes: new Map(),
  client: crypto.getRandomValues(new Uint32Array(2)).join("-"),
  clipboard: undefined,
  mounts: 0,
  shut: new Set(),
});

export function editorOf(canvas: string, server: ServerState): Editor {
  let editor = memory.editors.get(canvas);
  if (!editor) memory.editors.set(canvas, (editor = new Editor(server)));
  return editor;
}

export function runsOf(canvas: string): Runs {
  let runs = memory.runs.get(canvas);
  if (!runs) memory.runs.set(canvas, (runs = new Runs()));
  return runs;
}

export function outboxOf(canvas: string): Outbox {
  let outbox = memory.outboxes.get(canvas);
  if (!outbox) memory.outboxes.set(canvas, (outbox = new Outbox(memory.client)));
  return outbox;
}
