/** How a run goes, as the cards and arrows show it; it never touches the document. */

import { type ById, equal } from "./model";
import { Signal } from "./signal";

export type NodeState = "queued" | "running" | "done" | "failed" | "skipped" | "cached";

export interface NodeView {
  readonly state: NodeState;
  readonly text?: string;
  readonly running?: number;
  readonly done?: number;
  readonly failed?: number;
  readonly skipped?: number;
  readonly calls?: number;
  readonly seconds?: number;
  /** Why it failed, where it did. */
  readonly error?: string;
}

/** A visit: record, node, visit, start and length in seconds, how it went. */
export type Span = readonly [number, string, number, number, number, NodeState];

export interface RunView {
  readonly state: string;
  readonly records: number;
  readonly done: number;
  readonly failed?: number;
  readonly elapsed_seconds?: number;
  readonly reason?: string;
  readonly nodes: ById<NodeView>;
  readonly edges: ById<number>;
  /** By arrow: how often the record took it that took it most often. */
  readonly rounds?: ById<number>;
  readonly spans?: readonly Span[];
}

export class Runs extends Signal {
  view: RunView | null = null;

  /** Takes the newest view; nodes of which nothing changed stay the same objects. */
  set(view: RunView | null): void {
    if (equal(view, this.view)) return;
    const before = this.view?.nodes ?? {};
    const spans = this.view?.spans;
    this.view = view && {
      ...view,
      nodes: Object.fromEntries(
        Object.entries(view.nodes).map(([name, node]) => {
          const known = before[name];
          return [name, known && equal(known, node) ? known : node];
        }),
      ),
      ...(spans && equal(spans, view.spans) && { spans }),
    };
    this.emit();
  }

  node(name: string): NodeView | undefined {
    return this.view?.nodes[name];
  }

  taken(edge: string): number {
    return this.view?.edges[edge] ?? 0;
  }

  rounds(edge: string): number {
    return this.view?.rounds?.[edge] ?? 0;
  }

  get isLive(): boolean {
    return this.view?.state === "running" || this.view?.state === "queued";
  }
}

/** How often a node was done: of the records, or where loops and forks come by, how many times. */
export function doneOf(done: number, records: number): string {
  if (records === 0) return `${done}`;
  return done > records ? `${done}×` : `${done}/${records}`;
}

/** After a stopped run nothing waits or works any more. */
export function settled(view: NodeView | undefined, isLive: boolean): NodeView | undefined {
  if (!view || isLive || !["queued", "running"].includes(view.state)) return view;
  return view.done ? { ...view, state: "done" } : undefined;
}

/** How often an arrow back was taken, of how often it may be: `≤ 2×` before a run, then `1/2`. */
export function roundsOf(rounds: number, most: number): string {
  return rounds > 0 ? `${rounds}/${most}` : `≤ ${most}×`;
}
