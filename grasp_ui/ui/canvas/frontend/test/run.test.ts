import { describe, expect, test } from "vitest";
import { factsOf, readable } from "../src/state/describe";
import { Runs, type Span, roundsOf, settled } from "../src/state/runs";
import { FURTHEST, NARROWEST, SLACK, chartOf, inSeconds, mostZoom, tickInWords } from "../src/state/timeline";
import { node } from "./build";

/** The same numbers from 0 to 1 for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SPANS: readonly Span[] = [
  [1, "ask", 0, 1, 1, "done"],
  [0, "ask", 0, 0, 2, "done"],
  [0, "answer", 1, 2, 2, "failed"],
];

describe("the time line", () => {
  test("has a row for each record, in order, and bars in the order of time", () => {
    const { rows } = chartOf(SPANS);
    expect(rows.map(({ record, bars }) => [record, bars.map((bar) => bar.node)])).toEqual([
      [0, ["ask", "answer"]],
      [1, ["ask"]],
    ]);
  });

  test("measures bars as shares of the whole", () => {
    const [first] = chartOf(SPANS).rows;
    expect(first?.bars.map(({ left, width }) => [left, width])).toEqual([[0, 0.5], [0.5, 0.5]]);
  });

  test("counts visits from 1", () => {
    expect(chartOf(SPANS).rows[0]?.bars[1]?.visit).toBe(2);
  });

  test("puts bars that overlap into lanes, and uses a lane again once it is free", () => {
    const [row] = chartOf([
      [0, "a", 0, 0, 2, "done"],
      [0, "b", 0, 1, 2, "running"],
      [0, "c", 0, 2, 1, "done"],
    ]).rows;
    expect([row?.lanes, row?.bars.map(({ lane }) => lane)]).toEqual([2, [0, 1, 0]]);
  });

  test("leaves bars that follow each other in one lane although times are rounded", () => {
    const [row] = chartOf([[0, "a", 0, 0, 1.001, "done"], [0, "b", 0, 1, 1, "done"]]).rows;
    expect(row?.lanes).toBe(1);
  });

  test.each([[0.1], [3.9], [14], [61], [700]])("has few round ticks within %d s", (seconds) => {
    const { ticks } = chartOf([[0, "a", 0, 0, seconds, "done"]]);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.length).toBeGreaterThan(2);
    expect(Math.max(...ticks)).toBeLessThanOrEqual(seconds + 1e-6);
  });

  test("is empty without bars", () => {
    expect(chartOf([]).rows).toEqual([]);
  });

  test("says times as people do", () => {
    expect([0, 0.5, 3, 14.4, 75].map(inSeconds)).toEqual(["0 s", "0.5 s", "3 s", "14 s", "1 min 15 s"]);
    expect([0.0004, 0.0042, 0.08].map(inSeconds)).toEqual(["< 1 ms", "4 ms", "80 ms"]);
  });

  test("lets a short bar stay in the lane of what follows it, both wide enough to hit", () => {
    const [row] = chartOf([[0, "draw", 0, 0, 0.002, "done"], [0, "ask", 0, 0.002, 9, "done"]], 900).rows;
    const [draw, ask] = row?.bars ?? [];
    expect(row?.lanes).toBe(1);
    expect(draw?.width).toBeCloseTo(NARROWEST / 900);
    expect(ask?.left).toBeCloseTo(NARROWEST / 900);
    expect((ask?.left ?? 0) + (ask?.width ?? 0)).toBeCloseTo(1);
  });

  test("names ticks so that no two of them read alike", () => {
    expect([0.1, 0.15, 0.2].map((tick) => tickInWords(tick, 0.05))).toEqual(["0.10 s", "0.15 s", "0.20 s"]);
    expect([tickInWords(40, 20), tickInWords(80, 20), tickInWords(60.5, 0.1)]).toEqual(["40 s", "1 min 20 s", "1 min 0.5 s"]);
  });

  test("names the only tick in sight", () => {
    const { step, ticks } = chartOf([[0, "a", 0, 0, 2, "done"]], 100_000, { from: 0.499, shown: 0.002 });
    const inSight = ticks.filter((tick) => Math.abs(tick - 1) < step / 2);
    expect(inSight.map((tick) => tickInWords(tick, step))).toEqual(["1.000 s"]);
    expect(chartOf([[0, "a", 0, 0, 0.5, "done"]]).step).toBeGreaterThan(0);
  });

  test("has ticks for what is in sight alone", () => {
    const { ticks } = chartOf([[0, "a", 0, 0, 100, "done"]], 100_000, { from: 0.5, shown: 0.01 });
    expect([ticks[0], ticks.at(-1)]).toEqual([50, 51]);
    expect(ticks.length).toBeLessThanOrEqual(7);
  });

  test("is never zoomed further than anybody looks", () => {
    expect([0.01, 10, 36_000].map(mostZoom)).toEqual([1, 500, 2000]);
  });
});

describe.each(Array.from({ length: 60 }, (_, seed) => seed + 1))("a crowded time line, seed %d", (seed) => {
  const random = chance(seed);
  const spans = Array.from({ length: 40 }, (_, visit): Span => {
    return [0, "a", visit, random() * 4, random() < 0.7 ? random() * 0.005 : random() * 2, "done"];
  });
  const pixels = 300 + random() * 100_000;
  const bars = chartOf(spans, pixels).rows[0]?.bars ?? [];
  const whole = chartOf(spans, pixels).seconds;

  test("lays no bar over another, and hides none", () => {
    for (const number of new Set(bars.map(({ lane }) => lane))) {
      const mine = bars.filter(({ lane }) => lane === number);
      for (const [at, bar] of mine.slice(1).entries()) {
        const before = mine[at] ?? bar;
        expect(bar.left).toBeGreaterThanOrEqual(before.left + before.width - 1e-12);
      }
    }
    expect(Math.min(...bars.map(({ width }) => width * pixels))).toBeGreaterThanOrEqual(NARROWEST - 1e-6);
  });

  test("draws each bar where it was, but for a few pixels", () => {
    const starts = spans.map(([, , , start]) => start).toSorted((a, b) => a - b);
    const shifts = bars.map(({ left }, at) => (left - (starts[at] ?? 0) / whole) * pixels);
    expect(Math.min(...shifts)).toBeGreaterThanOrEqual(-1e-6);
    expect(Math.max(...shifts)).toBeLessThanOrEqual(FURTHEST + (SLACK / whole) * pixels + 1e-6);
  });
});

describe("a card in a run", () => {
  test("waits no more once the run is over", () => {
    expect(settled({ state: "queued" }, false)).toBeUndefined();
    expect(settled({ state: "running", done: 1 }, false)?.state).toBe("done");
    expect(settled({ state: "queued" }, true)?.state).toBe("queued");
    expect(settled({ state: "failed" }, false)?.state).toBe("failed");
  });
});

describe("an arrow", () => {
  test("says its limit first, then the rounds of it", () => {
    expect([roundsOf(0, 3), roundsOf(2, 3)]).toEqual(["≤ 3×", "2/3"]);
  });

  test("shows comparisons as signs, and texts as they are", () => {
    expect(readable('a.score >= 4 and b != "<="')).toBe('a.score ≥ 4 and b ≠ "<="');
    expect(readable("a <= 1 or a == 3 or a < 2")).toBe("a ≤ 1 or a = 3 or a < 2");
  });
});

describe("what a card says", () => {
  const chips = (fields: object, models = {}) =>
    factsOf("x", node("turn", null, { ...fields }), undefined, models).chips.map(({ text }) => text);

  test("names the model behind an alias", () => {
    expect(chips({ model: "writer" }, { writer: "big-7b" })).toEqual(["writer · big-7b"]);
    expect(chips({ model: "writer" }, {})).toEqual(["writer"]);
  });

  test("has the note as a chip, not as the prompt", () => {
    expect(factsOf("x", node("turn", null, { note: "Short." }), undefined).text).toBe("");
    expect(chips({ note: "Short." })).toEqual(["Short."]);
  });
});

test("bars that did not change stay the same list", () => {
  const runs = new Runs();
  const view = { state: "running", records: 1, done: 0, edges: {}, nodes: {} };
  runs.set({ ...view, spans: SPANS });
  const before = runs.view?.spans;
  runs.set({ ...view, done: 1, spans: [...SPANS] });
  expect(runs.view?.spans).toBe(before);
  runs.set({ ...view, done: 1, spans: SPANS.slice(1) });
  expect(runs.view?.spans).toHaveLength(2);
});
