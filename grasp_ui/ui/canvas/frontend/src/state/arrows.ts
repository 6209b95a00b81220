/** Which arrow comes next when they are gone through by keyboard. */

import type { Document } from "./model";

interface Selected {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** The next arrow out of the selected node, else into it; without one, of the whole graph. */
export function nextArrow({ edges }: Document, selected: Selected): string | undefined {
  const [now] = selected.edges;
  const node = selected.nodes[0] ?? (now === undefined ? undefined : edges[now]?.source);
  const all = Object.keys(edges);
  const out = all.filter((id) => edges[id]?.source === node);
  const into = all.filter((id) => edges[id]?.target === node);
  const mine = node === undefined ? all : out.length > 0 ? out : into;
  return mine[(mine.indexOf(now ?? "") + 1) % mine.length];
}
