/** Small builders for tests. */

import { EMPTY, type Document, type NodeValue, type ServerState, keyed } from "../src/state/model";

export function node(kind = "turn", position: NodeValue["position"] = [0, 0], fields = {}): NodeValue {
  return { kind, fields, position };
}

/** `graph("a -> b", "b -> c", "lone")`: nodes stand 300 apart, in order of mention. */
export function graph(...lines: string[]): Document {
  const chains = lines.map((line) => line.split(" -> "));
  const names = [...new Set(chains.flat())];
  const edges = chains.flatMap((chain) =>
    chain.slice(1).map((target, index) => ({
      source: chain[index] ?? "",
      target,
      when: null,
      max_visits: null,
    })),
  );
  return {
    nodes: Object.fromEntries(names.map((name, at) => [name, node("turn", [at * 300, 0])])),
    edges: keyed(edges),
  };
}

export function shown(document: Document = EMPTY, rest: Partial<ServerState> = {}): ServerState {
  return { session: "s", document, acknowledged: 0, server_revision: 0, renamed: [], ...rest };
}

/** Names of nodes and arrows as they follow each other in the file. */
export function orderOf({ nodes, edges }: Document): string[][] {
  return [Object.keys(nodes), Object.keys(edges)];
}

/** The same numbers each time, from 0 to below `limit`. */
export function dice(seed: number): (limit: number) => number {
  let state = seed * 2654435761 + 1;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
