/** The time line of a run: a row for each record, bars for the nodes that it was at. */

import type { Span } from "./runs";

export interface Bar {
  readonly node: string;
  readonly state: Span[5];
  /** Which visit of the node it is, from 1. */
  readonly visit: number;
  readonly seconds: number;
  /** Where it begins and how long it is, as shares of the whole. */
  readonly left: number;
  readonly width: number;
  /** Bars that overlap lie in lanes below each other. */
  readonly lane: number;
}

export interface Row {
  readonly record: number;
  readonly lanes: number;
  readonly bars: readonly Bar[];
}

export interface Chart {
  readonly seconds: number;
  readonly ticks: readonly number[];
  readonly rows: readonly Row[];
}

const SHORTEST = 0.1;
const MOST_TICKS = 6;
/** Ends that lie this much after the next start still count as its end: clocks are rounded. */
const SLACK = 0.015;

/** Round steps of time, as few as fit. */
function ticksOf(seconds: number): number[] {
  const rough = seconds / MOST_TICKS;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((size) => size >= rough) ?? rough;
  return Array.from({ length: Math.floor(seconds / step + 1e-9) + 1 }, (_, index) => index * step);
}

function rowOf(record: number, spans: readonly Span[], whole: number): Row {
  const ends: number[] = [];
  const bars = spans
    .toSorted((a, b) => a[3] - b[3] || a[4] - b[4])
    .map(([, node, visit, start, seconds, state]): Bar => {
      const free = ends.findIndex((end) => end <= start + SLACK);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = start + seconds;
      return { node, state, visit: visit + 1, seconds, left: start / whole, width: seconds / whole, lane };
    });
  return { record, lanes: ends.length, bars };
}

/** The chart of all bars; nothing to draw gives no rows. */
export function chartOf(spans: readonly Span[]): Chart {
  const seconds = Math.max(SHORTEST, ...spans.map(([, , , start, length]) => start + length));
  const records = new Map<number, Span[]>();
  for (const span of spans) records.set(span[0], [...(records.get(span[0]) ?? []), span]);
  const rows = [...records]
    .toSorted(([a], [b]) => a - b)
    .map(([record, mine]) => rowOf(record, mine, seconds));
  return { seconds, ticks: ticksOf(seconds), rows };
}

/** A time as people say it, as exact as its size asks for. */
export function inSeconds(seconds: number): string {
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${seconds.toFixed(seconds < 10 ? 1 : 0).replace(/\.0$/, "")} s`;
}
