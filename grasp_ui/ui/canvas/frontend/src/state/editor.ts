/** One graph under edit in this browser: document, history, sync; lives as long as the page. */

import { applied, difference, isEmpty } from "./change";
import { History, type Step } from "./history";
import { type Document, type Edit, type Rename, type ServerState, equal, renameAll } from "./model";
import { Signal } from "./signal";
import { Sync } from "./sync";

export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Selected {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

export class Editor extends Signal {
  document: Document;
  view: View | undefined;
  selected: Selected = { nodes: [], edges: [] };
  /** The selection that the server knows, as it was told; nothing where it knows the present one. */
  told: string | undefined;
  send: (edit: Edit) => void = () => {};
  /** Set where the document is only looked at: hears of what would have changed it. */
  refuse: (() => void) | undefined;
  readonly history = new History();
  readonly sync: Sync;

  constructor(server: ServerState) {
    super();
    this.document = { nodes: server.document.nodes, edges: server.document.edges };
    this.sync = new Sync(server.session, server.acknowledged, server.server_revision);
  }

  get isStill(): boolean {
    return this.refuse !== undefined;
  }

  /** Chooses nodes and arrows; tells nobody, the canvas does. */
  select(selected: Selected): void {
    if (equal(selected, this.selected)) return;
    this.selected = selected;
    this.emit();
  }

  /** Makes `next` the document, as one step that can be undone, and tells the server. */
  commit(why: string, next: Document, renamed: readonly Rename[] = []): void {
    const change = difference(this.document, next);
    if (isEmpty(change)) return;
    if (this.refuse) return this.refuse();
    this.history.record({ why, change, renamed });
    this.put({ why, change, renamed });
  }

  undo(): boolean {
    return this.travel(this.history.undo(), "undo");
  }

  redo(): boolean {
    return this.travel(this.history.redo(), "redo");
  }

  /**
   * Takes in what the server shows; its own edits become steps that can be undone.
   *
   * Revisions of one session only grow: what shows older ones came late, and changes nothing (false).
   */
  receive(server: ServerState): boolean {
    const isNew = server.session !== this.sync.session;
    if (!isNew && this.isOlder(server)) return false;
    const wasEdited = !isNew && server.server_revision !== this.sync.serverRevision;
    const renamed = isNew ? [] : this.newRenames(server);
    const ours = renamed.reduce((document, pair) => renameAll(document, pair), this.document);
    for (const pair of renamed) this.sync.rename(pair);
    if (isNew) this.sync.restart(server.session, server.acknowledged);
    else this.sync.acknowledge(server.acknowledged);
    this.sync.serverRevision = server.server_revision;
    this.adopt(this.sync.rebase(server.document, ours, wasEdited), renamed);
    if (isNew) this.resend();
    return true;
  }

  /** Tells again what was not acknowledged, in case the message was lost. */
  resend(): void {
    if (!this.sync.isSettled) this.send(this.sync.message(this.document, "again"));
  }

  private travel(step: Step | undefined, why: string): boolean {
    if (!step) return false;
    this.put({ ...step, why });
    return true;
  }

  private put(step: Step): void {
    this.document = applied(this.document, step.change);
    this.followSelection(step.renamed);
    this.sync.touch(step.change, step.renamed);
    this.send(this.sync.message(this.document, step.why));
    this.emit();
  }

  private isOlder({ acknowledged, server_revision }: ServerState): boolean {
    return acknowledged < this.sync.acknowledged || server_revision < this.sync.serverRevision;
  }

  private newRenames(server: ServerState): Rename[] {
    return server.renamed
      .filter(([revision]) => revision > this.sync.serverRevision)
      .map(([, old, name]): Rename => [old, name]);
  }

  private adopt(next: Document, renamed: readonly Rename[]): void {
    const change = difference(this.document, next);
    if (!isEmpty(change)) {
      this.history.record({ why: "inspector edit", change, renamed });
      const [only, ...others] = this.selected.nodes;
      // The server renamed what is selected, and chose it under its new name itself.
      if (others.length === 0 && renamed.some(([old]) => old === only)) this.told = undefined;
      this.followSelection(renamed);
    }
    if (!isEmpty(change) || change.places[1].length > 0) this.document = next;
    this.emit();
  }

  private followSelection(renamed: readonly Rename[]): void {
    const names = new Map(renamed);
    const nodes = this.selected.nodes.map((name) => names.get(name) ?? name);
    this.selected = { nodes, edges: this.selected.edges };
  }
}
