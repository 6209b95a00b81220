/** What toolbar, menus, keys and pointer do; each deed is one step that can be undone. */

import type { Desk, Origin } from "./desk";
import {
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
import { freePlace, placed, tidied } from "./layout";
import { memory } from "./memory";
import { type Document, type Position, SEEDS, edgeName } from "./model";
import { refusal } from "./rules";
import type { Size } from "./sizes";

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
    const position = freePlace(document, place);
    const next = withNode(document, name, { kind, fields: {}, position });
    const [source, target] = from?.end === "target" ? [name, from.node] : [from?.node ?? "", name];
    this.commit("add", from ? withEdge(next, source, target) : next);
    this.select([name]);
    return name;
  }

  /** Draws an arrow, or says why not; of one that leads back the condition is asked for. */
  connect(source: string, target: string): boolean {
    const reason = refusal(this.desk.editor.document, source, target);
    if (reason) this.desk.say(reason);
    else this.commit("connect", withEdge(this.now, source, target));
    const name = edgeName(source, target);
    if (!reason && this.now.edges[name]?.max_visits) this.desk.openLabel(name);
    return !reason;
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
    this.commit("condition", withCondition(this.now, edge, when));
  }

  toggle(names: readonly string[] = this.chosen): void {
    this.commit("switch", toggled(this.now, names));
  }

  tidy(): void {
    this.commit("tidy", moved(this.now, tidied(this.now, this.sizeOf)));
  }

  copy(): void {
    if (this.chosen.length > 0) memory.clipboard = excerpt(this.now, this.chosen);
  }

  paste(): void {
    if (memory.clipboard) this.insert("paste", memory.clipboard);
  }

  duplicate(): void {
    if (this.chosen.length > 0) this.insert("duplicate", excerpt(this.now, this.chosen));
  }

  selectAll(): void {
    const { nodes, edges } = this.desk.editor.document;
    this.select(Object.keys(nodes), Object.keys(edges));
  }

  private insert(why: string, piece: Document): void {
    const { document, names } = pasted(this.now, piece, 40);
    this.commit(why, document);
    this.select(names);
  }
}
