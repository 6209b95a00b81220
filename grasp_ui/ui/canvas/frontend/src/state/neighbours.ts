/** Which node lies next to one in a direction, for walking the graph with the keyboard. */

import type { Document } from "./model";

/** The nearest node that way; without a start, the leftmost one. */
export function neighbour(
  document: Document,
  from: string | undefined,
  dx: number,
  dy: number,
): string | undefined {
  const places = Object.entries(document.nodes).map(([name, { position }]) => ({
    name,
    x: position?.[0] ?? 0,
    y: position?.[1] ?? 0,
  }));
  const start = places.find(({ name }) => name === from);
  if (!start) return places.toSorted((a, b) => a.x - b.x || a.y - b.y)[0]?.name;
  const distance = (place: { x: number; y: number }): number => {
    const [along, aside] = dx
      ? [(place.x - start.x) * dx, Math.abs(place.y - start.y)]
      : [(place.y - start.y) * dy, Math.abs(place.x - start.x)];
    return along > 0 ? along + aside * 2 : Number.POSITIVE_INFINITY;
  };
  const [best] = places
    .filter(({ name }) => name !== from)
    .toSorted((a, b) => distance(a) - distance(b));
  return best && Number.isFinite(distance(best)) ? best.name : undefined;
}
