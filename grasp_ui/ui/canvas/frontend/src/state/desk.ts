/** Everything one mounted canvas knows: its editor, its run, and what is open on screen. */

import type { Editor } from "./editor";
import { type ById, type Kind, type Marks, type Position, type Problem, type Seeds, equal } from "./model";
import type { Outbox } from "./outbox";
import type { Runs } from "./runs";
import { Signal } from "./signal";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where an arrow that is being drawn begins, and at which of its ends. */
export interface Origin {
  readonly node: string;
  readonly end: "source" | "target";
}

export type Menu =
  | { readonly type: "add"; readonly at: Point; readonly place: Position; readonly from?: Origin }
  | { readonly type: "find"; readonly at: Point }
  | { readonly type: "loop"; readonly at: Point; readonly source: string; readonly target: string }
  | { readonly type: "node"; readonly at: Point; readonly id: string }
  | { readonly type: "edge"; readonly at: Point; readonly id: string };

export type Command =
  | { readonly command: "run"; readonly records: number }
  | { readonly command: "stop" | "save" | "open_conversations" };

/** What the server shows beside the document. */
export interface Shown {
  readonly kinds: ById<Kind>;
  readonly problems: readonly Problem[];
  readonly seeds: Seeds;
  readonly saved: boolean | null;
  readonly marks?: Marks | null;
  /** The models behind the graph's aliases. */
  readonly models?: ById<string>;
  /** Nodes whose calls a kept reply stands in for. */
  readonly pinned?: readonly string[];
  /** What is said above a graph that is only looked at. */
  readonly words?: string;
}

const UNBOUND = "Not drawn: an arrow back needs a condition and a limit, or it never ends.";
const NOTICE_MS = 4200;
const PATIENCE_MS = 6000;

export class Desk extends Signal {
  menu: Menu | undefined;
  labelled: string | undefined;
  panel: "shortcuts" | "problems" | undefined;
  notice = "";
  records = 5;
  /** Whether the time line is unfolded. */
  isTimed = false;
  /** Leads back to the drawing, where this is a graph that is only looked at. */
  back: () => void = () => {};
  /** What was asked of the server and has not shown yet. */
  asked: "run" | "stop" | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly editor: Editor,
    readonly runs: Runs,
    public shown: Shown,
    readonly outbox: Outbox,
  ) {
    super();
  }

  /** Takes what the server shows now; what says the same stays the same object. */
  show(shown: Shown): void {
    const keep = <T>(before: T, now: T): T => (equal(before, now) ? before : now);
    this.shown = {
      kinds: keep(this.shown.kinds, shown.kinds),
      problems: keep(this.shown.problems, shown.problems),
      seeds: keep(this.shown.seeds, shown.seeds),
      saved: shown.saved,
      marks: keep(this.shown.marks ?? null, shown.marks ?? null),
      ...(shown.models && { models: keep(this.shown.models ?? {}, shown.models) }),
      ...(shown.pinned && { pinned: keep(this.shown.pinned ?? [], shown.pinned) }),
    };
    // An edit and a run right after it: only the server knew by then that the graph is unfit.
    if (this.asked === "run" && this.hasErrors) {
      this.asked = undefined;
      this.refuse();
    }
    this.emit();
  }

  openMenu(menu: Menu): void {
    if (this.editor.refuse && menu.type !== "find") return this.editor.refuse();
    this.menu = menu;
    this.panel = undefined;
    this.emit();
  }

  /** Opens the condition of an arrow for typing. */
  openLabel(edge: string | undefined): void {
    if (this.editor.refuse && edge) return this.editor.refuse();
    this.labelled = edge;
    this.menu = undefined;
    this.emit();
  }

  toggle(panel: "shortcuts" | "problems"): void {
    this.panel = this.panel === panel ? undefined : panel;
    this.menu = undefined;
    this.emit();
  }

  /** Closes what is open; false when nothing was. An arrow back that was not agreed is gone. */
  close(): boolean {
    const wasOpen = Boolean(this.menu ?? this.panel ?? this.labelled);
    if (this.menu?.type === "loop") this.say(UNBOUND);
    this.menu = this.panel = this.labelled = undefined;
    if (wasOpen) this.emit();
    return wasOpen;
  }

  /** Says something for a few seconds. */
  say(notice: string): void {
    clearTimeout(this.timer);
    this.notice = notice;
    this.timer = setTimeout(() => {
      this.notice = "";
      this.emit();
    }, NOTICE_MS);
    this.emit();
  }

  /** Asks for a sample; with errors the list of problems opens instead. */
  run(): void {
    if (this.editor.refuse) return this.editor.refuse();
    if (this.hasErrors) this.refuse();
    else this.ask("run", { command: "run", records: this.records });
  }

  time(isTimed: boolean): void {
    this.isTimed = isTimed;
    this.emit();
  }

  setRecords(records: number): void {
    this.records = Math.min(100, Math.max(1, Math.round(records) || 1));
    this.emit();
  }

  stop(): void {
    this.ask("stop", { command: "stop" });
  }

  order(command: "save" | "open_conversations" | "drawing"): void {
    this.outbox.post("command", { command });
  }

  /** The run moved: what was asked has been heard. */
  heard(): void {
    if (!this.asked) return;
    this.asked = undefined;
    this.emit();
  }

  get hasErrors(): boolean {
    return this.shown.problems.some(({ severity }) => severity !== "warning");
  }

  private refuse(): void {
    if (this.panel !== "problems") this.toggle("problems");
    this.say("Mend the problems first, then the graph can run.");
  }

  private ask(what: "run" | "stop", command: Command): void {
    this.asked = what;
    this.outbox.post("command", command);
    setTimeout(() => this.heard(), PATIENCE_MS);
    this.emit();
  }
}
