/**
 * Keeps the server's document and ours the same, whatever is lost or late on the way.
 *
 * Each message carries the present value of every id that was touched since the last acknowledged
 * revision. What the server shows, with the untold ids laid over it, is therefore our document.
 */

import type { Change } from "./change";
import {
  type Document,
  type Edit,
  type EdgeValue,
  type NodeValue,
  type Rename,
  keyed,
} from "./model";
import { arranged, placesOf } from "./order";

interface Touched {
  nodes: Set<string>;
  edges: Set<string>;
  /** Nodes and arrows whose place among the others is new. */
  placed: Set<string>;
  renamed: readonly Rename[];
}

export class Sync {
  private pending = new Map<number, Touched>();
  acknowledged = 0;

  constructor(
    public session = "",
    public revision = 0,
    public serverRevision = 0,
  ) {
    this.acknowledged = revision;
  }

  get isSettled(): boolean {
    return this.pending.size === 0;
  }

  /** Notes what a new revision touched. */
  touch(change: Change, renamed: readonly Rename[] = []): void {
    this.revision += 1;
    this.pending.set(this.revision, {
      nodes: new Set(Object.keys(change.nodes)),
      edges: new Set(Object.keys(change.edges)),
      placed: new Set(change.places[1].map(([id]) => id)),
      renamed,
    });
  }

  /** The message that tells everything that is not acknowledged. */
  message(document: Document, why: string): Edit {
    const { nodes, edges, placed, renamed } = this.untold();
    return {
      revision: this.revision,
      session: this.session,
      server_revision: this.serverRevision,
      why,
      renamed,
      nodes: Object.fromEntries([...nodes].map((id) => [id, document.nodes[id] ?? null])),
      edges: Object.fromEntries([...edges].map((id) => [id, document.edges[id] ?? null])),
      places: placesOf(document, placed),
    };
  }

  acknowledge(revision: number): void {
    this.acknowledged = Math.max(this.acknowledged, revision);
    for (const number of this.pending.keys()) {
      if (number <= revision) this.pending.delete(number);
    }
  }

  /** A server that does not know us (it restarted): what is untold becomes its next revision. */
  restart(session: string, acknowledged: number): void {
    this.session = session;
    const left = this.untold();
    this.pending.clear();
    this.acknowledged = acknowledged;
    this.revision = acknowledged;
    if (left.nodes.size + left.edges.size > 0) {
      this.revision += 1;
      this.pending.set(this.revision, left);
    }
  }

  /** The server renamed a node: what is untold about it is told under the new name. */
  rename([old, fresh]: Rename): void {
    const named = (name: string): string => (name === old ? fresh : name);
    for (const touched of this.pending.values()) {
      touched.nodes = new Set([...touched.nodes].map(named));
      touched.edges = new Set([...touched.edges].map((id) => renamedEdge(id, named)));
      touched.placed = new Set([...touched.placed].map((id) => renamedEdge(id, named)));
    }
  }

  /**
   * The server's document with our untold ids laid over it.
   *
   * With `serverFields`, kind and fields of a node that both know are the server's: it changed
   * something that we had not seen, and keeps its fields when our message arrives.
   */
  rebase(server: Document, ours: Document, serverFields: boolean): Document {
    const untold = this.untold();
    const nodes: Record<string, NodeValue> = { ...server.nodes };
    for (const id of untold.nodes) {
      const mine = ours.nodes[id];
      const theirs = nodes[id];
      if (!mine) delete nodes[id];
      else nodes[id] = theirs && serverFields ? { ...theirs, position: mine.position } : mine;
    }
    const edges: Record<string, EdgeValue> = { ...server.edges };
    for (const id of untold.edges) {
      const mine = ours.edges[id];
      if (!mine) delete edges[id];
      else edges[id] = mine;
    }
    const whole = arranged({ nodes, edges }, placesOf(ours, untold.placed));
    return { ...whole, edges: keyed(Object.values(whole.edges)) };
  }

  private untold(): Touched {
    const all = [...this.pending.values()];
    return {
      nodes: new Set(all.flatMap((touched) => [...touched.nodes])),
      edges: new Set(all.flatMap((touched) => [...touched.edges])),
      placed: new Set(all.flatMap((touched) => [...touched.placed])),
      renamed: all.flatMap((touched) => touched.renamed),
    };
  }
}

function renamedEdge(id: string, named: (name: string) => string): string {
  const [ends = "", number] = id.split(" #");
  const name = ends.split(" -> ").map(named).join(" -> ");
  return number ? `${name} #${number}` : name;
}
