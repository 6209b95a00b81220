/** The time line of a run: a row for each record, bars for the nodes that it was at. */

import type { Span } from "./runs";

export interface Bar {
  readonly node: string;
  readonly state: Span[5];
  /** Which visit of the node it is, from 1. */
  readonly visit: number;
  readonly seconds: number;
  /** Where it is drawn and how wide, as shares of the whole: a short one wider than it was long. */
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
  /** How far one tick is from the next, whether or not there are two of them in sight. */
  readonly step: number;
  readonly rows: readonly Row[];
}

const SHORTEST = 0.1;
const MOST_TICKS = 6;
/** Ends that lie this much after the next start still count as its end: clocks are rounded. */
export const SLACK = 0.002;
/** The narrowest bar that can be told from others and hit, in pixels. */
export const NARROWEST = 8;
/** How far a bar may give way to a short one before it, in pixels, and stay in its lane. */
export const FURTHEST = 3 * NARROWEST;
/** As deep as anybody looks: this much time over the whole width, in seconds. */
const CLOSEST = 0.02;
const MOST_ZOOM = 2000;

/** A lane of bars: when the last one was over, and where its drawing ends. */
interface Lane {
  end: number;
  right: number;
}

/** Round steps of time, as few as fit; `shown` is the share of the whole that is in sight. */
function ticksOf(seconds: number, from: number, shown: number): Pick<Chart, "step" | "ticks"> {
  const rough = (seconds * shown) / MOST_TICKS;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((size) => size >= rough) ?? rough;
  const first = Math.ceil((from * seconds) / step - 1e-9);
  const last = Math.floor((Math.min(1, from + shown) * seconds) / step + 1e-9);
  return { step, ticks: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step) };
}

/** One record's bars: those that follow each other in one lane, those at one time in several. */
function rowOf(record: number, spans: readonly Span[], whole: number, pixels: number): Row {
  const lanes: Lane[] = [];
  const bars = spans
    .toSorted((a, b) => a[3] - b[3] || a[4] - b[4])
    .map(([, node, visit, start, seconds, state]): Bar => {
      const [from, to] = [start / whole, (start + seconds) / whole];
      const follows = ({ end, right }: Lane): boolean => end <= start + SLACK && right - from <= FURTHEST / pixels + SLACK / whole;
      const free = lanes.findIndex(follows);
      const lane = free < 0 ? lanes.length : free;
      const left = Math.max(from, lanes[lane]?.right ?? 0);
      const width = Math.max(to - left, NARROWEST / pixels);
      lanes[lane] = { end: start + seconds, right: left + width };
      return { node, state, visit: visit + 1, seconds, left, width, lane };
    });
  return { record, lanes: lanes.length, bars };
}

/** How far in one may zoom a run of so many seconds. */
export function mostZoom(seconds: number): number {
  return Math.min(MOST_ZOOM, Math.max(1, seconds / CLOSEST));
}

/** What of the whole is in sight, as shares of it. */
export interface Window {
  readonly from: number;
  readonly shown: number;
}

/**
 * The chart of all bars, drawn `pixels` wide in all, with ticks for the `window` that is in
 * sight; nothing to draw gives no rows.
 */
export function chartOf(spans: readonly Span[], pixels = 1000, window: Window = { from: 0, shown: 1 }): Chart {
  const seconds = secondsOf(spans);
  const records = new Map<number, Span[]>();
  for (const span of spans) records.set(span[0], [...(records.get(span[0]) ?? []), span]);
  const rows = [...records]
    .toSorted(([a], [b]) => a - b)
    .map(([record, mine]) => rowOf(record, mine, seconds, pixels));
  return { seconds, ...ticksOf(seconds, window.from, window.shown), rows };
}

/** How long all bars take together, from the first to the last. */
export function secondsOf(spans: readonly Span[]): number {
  return Math.max(SHORTEST, ...spans.map(([, , , start, length]) => start + length));
}

/** The word of a tick, as exact as the ticks beside it are close. */
export function tickInWords(seconds: number, step: number): string {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const minutes = seconds >= 60 ? `${Math.floor(seconds / 60)} min ` : "";
  return `${minutes}${(seconds % 60).toFixed(digits)} s`;
}

/** A time as people say it, as exact as its size asks for. */
export function inSeconds(seconds: number): string {
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  if (seconds > 0 && seconds < 0.0995) return seconds < 0.001 ? "< 1 ms" : `${Math.round(seconds * 1000)} ms`;
  return `${seconds.toFixed(seconds < 10 ? 1 : 0).replace(/\.0$/, "")} s`;
}
