/** Breaks a long graph into rows, as text is, so that it can be read without zooming out. */

import { APART, CARD, GAP } from "./sizes";
import type { Document } from "./model";

export interface Spot {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** Up to this many columns stay in one row. */
const SHORT = 5;
/** Rows are as many as bring width to height nearest to this, with so many columns at least. */
const SHAPE = 1.8;
const FEWEST = 3;
const BETWEEN_ROWS = 40;

function columnsOf(spots: readonly Spot[]): Spot[][] {
  const columns = new Map<number, Spot[]>();
  for (const spot of spots) columns.set(spot.x, [...(columns.get(spot.x) ?? []), spot]);
  return [...columns].toSorted(([a], [b]) => a - b).map(([, column]) => column);
}

function rowCount(columns: readonly Spot[][]): number {
  const misfit = (rows: number): number => {
    const share = Math.ceil(columns.length / rows);
    const tallest = Array.from({ length: rows }, (_, row) =>
      Math.max(0, ...columns.slice(row * share, (row + 1) * share).map((column) => column.length)),
    );
    const height = tallest.reduce((sum, count) => sum + count, 0) * (CARD.height + GAP);
    return Math.abs(Math.log((share * (CARD.width + APART)) / height / SHAPE));
  };
  const counts = Array.from({ length: Math.ceil(columns.length / FEWEST) }, (_, index) => index + 1);
  return counts.toSorted((a, b) => misfit(a) - misfit(b))[0] ?? 1;
}

/** Before which column to break, at most one from the even share, where fewest arrows cross. */
function breaks(columns: readonly Spot[][], rows: number, document: Document): number[] {
  const columnOf = new Map(columns.flatMap((column, at) => column.map(({ name }) => [name, at])));
  const crossing = (at: number): number =>
    Object.values(document.edges).filter(({ source, target }) => {
      const [from = 0, to = 0] = [columnOf.get(source), columnOf.get(target)];
      return Math.min(from, to) < at && Math.max(from, to) >= at;
    }).length;
  return Array.from({ length: rows - 1 }, (_, index) => {
    const even = Math.round(((index + 1) * columns.length) / rows);
    const nearby = [even, even + 1, even - 1].filter((at) => at > 0 && at < columns.length);
    return nearby.toSorted((a, b) => crossing(a) - crossing(b))[0] ?? even;
  });
}

/** The spots, moved into as many rows as the graph's length calls for. */
export function inRows(spots: readonly Spot[], document: Document, height: number): Spot[] {
  const columns = columnsOf(spots);
  if (columns.length <= SHORT) return [...spots];
  const cuts = [0, ...breaks(columns, rowCount(columns), document), columns.length];
  const rows = cuts.slice(1).map((end, index) => columns.slice(cuts[index], end).flat());
  let top = 0;
  return rows.flatMap((row) => {
    const left = Math.min(...row.map(({ x }) => x));
    const first = Math.min(...row.map(({ y }) => y));
    const last = Math.max(...row.map(({ y }) => y));
    const shift = top - first;
    top += last - first + height + GAP + BETWEEN_ROWS;
    return row.map(({ name, x, y }) => ({ name, x: x - left, y: y + shift }));
  });
}
