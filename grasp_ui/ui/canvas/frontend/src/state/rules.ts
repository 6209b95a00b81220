/** Which arrows may be drawn, and the reason why one may not. */

import { type Document, edgeName, isNote } from "./model";

export function startNodes(document: Document): string[] {
  const forward = Object.values(document.edges).filter((edge) => edge.max_visits === null);
  const reached = new Set(forward.map((edge) => edge.target));
  return Object.keys(document.nodes).filter((name) => !isNote(name) && !reached.has(name));
}

/** Whether arrows forward lead from `start` to `goal`. */
export function leadsTo(document: Document, start: string, goal: string): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === goal) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    for (const edge of Object.values(document.edges)) {
      if (edge.source === name && edge.max_visits === null) open.push(edge.target);
    }
  }
  return false;
}

/** Whether an arrow from `source` to `target` would close a loop. */
export function closesLoop(document: Document, source: string, target: string): boolean {
  return leadsTo(document, target, source);
}

/** Why an arrow from `source` to `target` is refused; nothing when it is fine. */
export function refusal(document: Document, source: string, target: string): string | undefined {
  if (source === target) return "A node cannot lead to itself.";
  if (!(source in document.nodes) || !(target in document.nodes)) {
    return "The seeds reach every node without an arrow into it by themselves.";
  }
  if (edgeName(source, target) in document.edges) {
    return `There is an arrow from ${source} to ${target} already.`;
  }
  return undefined;
}
