/** A play over bad weather: late and repeated answers, lost parcels, forms, a server that restarts. */

import { Editor } from "../src/state/editor";
import { type Edit, type ServerState, equal } from "../src/state/model";
import { Outbox, type Parcel, type Receipt } from "../src/state/outbox";
import { dice, graph } from "./build";
import { type Pick, editOnce } from "./play";
import { Server } from "./server";

interface Answer {
  readonly state: ServerState;
  readonly receipt: Receipt;
}

export class Storm {
  readonly first = graph("a -> b -> c", "d");
  readonly editor: Editor;
  readonly outbox = new Outbox("tab");
  server = new Server(this.first, "0");
  /** How often an answer changed the drawing though no form did, nor had one before its message. */
  surprises = 0;
  private hasCrossed = false;
  private readonly pick: Pick;
  private session = 0;
  private heard = 0;
  private parcel: Parcel | undefined;
  private answers: Answer[] = [];
  private seen: Answer[] = [];

  constructor(seed: number) {
    this.pick = dice(seed);
    this.editor = new Editor(this.answer().state);
    this.outbox.send = (parcel) => (this.parcel = parcel);
    this.editor.send = (edit) => this.outbox.post("edit", edit);
  }

  /** One thing that happens, to the drawing or on the way. */
  step(): void {
    const deeds = [
      () => editOnce(this.editor, this.pick),
      () => editOnce(this.editor, this.pick),
      () => this.deliver(),
      () => this.receive(this.answers.shift()),
      () => this.receive(this.answers.shift()),
      () => this.receive(this.seen[this.pick(this.seen.length)]),
      () => (this.parcel = undefined),
      () => this.tellAgain(),
      () => this.pick(3) === 0 && this.form(),
      () => this.pick(12) === 0 && this.restart(),
    ];
    deeds[this.pick(deeds.length)]?.();
  }

  /** Lets everything arrive, as it does after some seconds without an edit. */
  calm(): void {
    for (let round = 0; round < 4; round += 1) {
      this.tellAgain();
      this.deliver();
      for (const answer of this.answers.splice(0)) this.receive(answer);
    }
  }

  private answer(): Answer {
    const receipt = { client: "tab", heard: this.heard };
    return { state: this.server.show(), receipt };
  }

  private deliver(): void {
    for (const { number, value } of this.parcel?.items ?? []) {
      if (number <= this.heard) continue;
      this.heard = number;
      const edit = value as Edit;
      this.hasCrossed ||= edit.server_revision < this.server.revision;
      this.server.take(edit);
    }
    this.parcel = undefined;
    this.answers.push(this.answer());
  }

  private receive(answer: Answer | undefined): void {
    if (!answer || Number(answer.state.session) < this.session) return;
    const { editor } = this;
    const before = editor.document;
    const { session, serverRevision } = editor.sync;
    const isOwn = answer.state.session === session && answer.state.server_revision === serverRevision;
    this.outbox.confirm(answer.receipt);
    editor.receive(answer.state);
    if (isOwn && !this.hasCrossed && !equal(before, editor.document)) this.surprises += 1;
    if (editor.sync.isSettled) this.hasCrossed = false;
    this.seen.push(answer);
  }

  private tellAgain(): void {
    if (this.editor.sync.isSettled) this.outbox.flush();
    else this.editor.resend();
  }

  private form(): void {
    const names = Object.keys(this.server.document.nodes);
    const name = names[this.pick(names.length)];
    if (!name) return;
    if (this.pick(3) > 0) this.server.setField(name, `text ${this.pick(1000)}`);
    else if (!("named" in this.server.document.nodes)) this.server.rename(name, "named");
    this.answers.push(this.answer());
  }

  /** The server knows the draft that it kept, and nobody's revisions. Answers on the way are gone. */
  private restart(): void {
    const unseen = this.server.revision !== this.editor.sync.serverRevision;
    if (unseen) return;
    this.session += 1;
    this.heard = 0;
    this.parcel = undefined;
    this.server = new Server(this.server.document, `${this.session}`);
    this.answers = [this.answer()];
    this.seen = [];
  }
}
