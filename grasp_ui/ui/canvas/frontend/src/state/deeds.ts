/** What toolbar, menus, keys and pointer do; each deed is one step that can be undone. */

import { type Values, filled, withBlock } from "./blocks";
import { clipIn, clipText } from "./clipboard";
import type { Desk, Origin, Point } from "./desk";
import {
  type Loop,
  centred,
  excerpt,
  freeName,
  moved,
  pasted,
  toggled,
  withCondition,
  withEdge,
  withNode,
  without,
} from "./edits";
import { firstFields } from "./fit";
import { freePlace, placed, tidied } from "./layout";
import { memory } from "./memory";
import { type Document, NOTE, type Position, SEEDS, isNote } from "./model";
import { FRESH, type Note } from "./notes";
import { closesLoop, refusal } from "./rules";
import type { Size } from "./sizes";

/** How long a menu or the palette takes to give the focus back. */
const OPEN_MS = 100;
/** The kinds of nodes that hold a graph. */
const HOLDERS: ReadonlySet<string> = new Set(["subgraph", "map"]);

export class Deeds {
  constructor(
    private readonly desk: Desk,
    private readonly sizeOf: (name: string) => Size,
  ) {}

  private get now(): Document {
    return placed(this.desk.editor.document);
  }

  private get chosen(): readonly string[] {
    return this.desk.editor.selected.nodes.filter((name) => name !== SEEDS);
  }

  private commit(why: string, next: Document): void {
    this.desk.editor.commit(why, next);
  }

  select(nodes: readonly string[], edges: readonly string[] = []): void {
    this.desk.editor.select({ nodes, edges });
  }

  /** A new node near `place`, connected with the arrow's origin if it came from one. */
  add(kind: string, place: Position, from?: Origin): string {
    const document = this.now;
    const name = freeName(document, kind);
    if (kind === NOTE) return this.addNote(name, place);
    const position = freePlace(document, place);
    const fields = from?.end === "source" ? firstFields(kind, document.nodes[from.node]) : {};
    const next = withNode(document, name, { kind, fields, position });
    const [source, target] = from?.end === "target" ? [name, from.node] : [from?.node ?? "", name];
    this.commit("add", from ? withEdge(next, source, target) : next);
    this.select([name]);
    return name;
  }

  /** The nodes of a block around `place`, in one step; the graph gets the models they call. */
  addBlock(name: string, values: Values, place: Position, from?: Origin): string | undefined {
    const block = this.desk.shown.kinds[name]?.block;
    if (!block) return undefined;
    const { document, names } = withBlock(this.now, filled(block, values), place, from);
    this.commit("add block", document);
    this.select(names);
    const known = this.desk.shown.models ?? {};
    if (block.models.some((alias) => !(alias in known))) {
      this.desk.outbox.post("command", { command: "block", name: name.replace(/^@block\//, "") });
    }
    return names[0];
  }

  /** Draws an arrow, or says why not; of one that leads back it asks first when it ends. */
  connect(source: string, target: string, at: Point): void {
    const reason = refusal(this.desk.editor.document, source, target);
    if (reason) this.desk.say(reason);
    else if (closesLoop(this.now, source, target)) this.desk.openMenu({ type: "loop", at, source, target });
    else this.commit("connect", withEdge(this.now, source, target));
  }

  /** Draws an arrow back with what lets its loop end. */
  loop(source: string, target: string, loop: Loop): void {
    this.desk.openLabel(undefined);
    this.commit("connect", withEdge(this.now, source, target, loop));
  }

  remove(): void {
    const { edges } = this.desk.editor.selected;
    const nodes = this.chosen;
    if (nodes.length + edges.length === 0) return;
    this.commit("delete", without(this.now, nodes, edges));
    this.select([]);
  }

  move(places: ReadonlyMap<string, Position>): void {
    this.commit("move", moved(this.now, places));
  }

  nudge(dx: number, dy: number): void {
    const document = this.now;
    const places = this.chosen.map((name): [string, Position] => {
      const [x, y] = document.nodes[name]?.position ?? [0, 0];
      return [name, [x + dx, y + dy]];
    });
    this.move(new Map(places));
  }

  label(edge: string, when: string): void {
    const isBack = (this.now.edges[edge]?.max_visits ?? null) !== null;
    if (isBack && !when.trim()) this.desk.say("An arrow back keeps its condition, or its loop never ends.");
    else this.commit("condition", withCondition(this.now, edge, when));
  }

  /** A new note, open for writing once the menu or palette has let go of the focus. */
  private addNote(name: string, place: Position): string {
    this.commit("add note", withNode(this.now, name, { kind: NOTE, fields: FRESH, position: freePlace(this.now, place) }));
    this.select([name]);
    setTimeout(() => this.desk.openLabel(name), OPEN_MS);
    return name;
  }

  /** Changes what a note says, its colour or its size. */
  note(name: string, change: Partial<Note>): void {
    const node = this.now.nodes[name];
    if (node) this.commit("note", withNode(this.now, name, { ...node, fields: { ...node.fields, ...change } }));
  }

  toggle(names: readonly string[] = this.chosen.filter((name) => !isNote(name))): void {
    if (names.length > 0) this.commit("switch", toggled(this.now, names));
  }

  tidy(): void {
    this.commit("tidy", moved(this.now, tidied(this.now, this.sizeOf)));
  }

  /** Asks for one node in the place of those that are selected; the server asks for its name. */
  group(): void {
    if (this.chosen.filter((name) => !isNote(name)).length < 2) this.desk.say("Select two nodes or more, then group them.");
    else this.order("group", this.chosen);
  }

  /** Asks for the nodes of the selected subgraph in its place. */
  ungroup(): void {
    const held = this.chosen.filter((name) => this.holds(name));
    if (held.length === 1 && !this.isMap(held[0])) this.order("ungroup", held);
    else this.desk.say("Select one subgraph, then ungroup it.");
  }

  /** Opens the graph that a node holds, the selected one's unless one is named. */
  open(name: string | undefined = this.chosen[0]): void {
    if (name && isNote(name)) this.desk.openLabel(name);
    else if (name && this.holds(name)) this.order("open", [name]);
  }

  /** Whether a node holds a graph that can be opened. */
  holds(name: string): boolean {
    return HOLDERS.has(this.desk.editor.document.nodes[name]?.kind ?? "");
  }

  isMap(name: string | undefined): boolean {
    return this.desk.editor.document.nodes[name ?? ""]?.kind === "map";
  }

  private order(command: "group" | "ungroup" | "open", nodes: readonly string[]): void {
    this.desk.outbox.post("command", { command, nodes });
  }

  /** Keeps what is selected for pasting, here and in other graphs; gives it as text. */
  copy(): string | undefined {
    if (this.chosen.length === 0) return undefined;
    memory.clipboard = excerpt(this.now, this.chosen);
    return clipText(memory.clipboard);
  }

  /** Pastes nodes that a text holds, without one those copied last; false when there are none. */
  paste(text: string, middle: Position, isSeen: (place: Position) => boolean): boolean {
    const piece = text ? clipIn(text) : memory.clipboard;
    const places = Object.values(piece?.nodes ?? {}).map(({ position }) => position);
    if (!piece || places.length === 0) return false;
    const isNear = places.some((place) => place && isSeen(place));
    this.insert("paste", isNear ? piece : centred(piece, middle));
    return true;
  }

  duplicate(): void {
    if (this.chosen.length > 0) this.insert("duplicate", excerpt(this.now, this.chosen));
  }

  selectAll(): void {
    const { nodes, edges } = this.desk.editor.document;
    this.select(Object.keys(nodes), Object.keys(edges));
  }

  private insert(why: string, piece: Document): void {
    const { document, names } = pasted(this.now, piece);
    this.commit(why, document);
    this.select(names);
  }
}
