import { describe, expect, test } from "vitest";
import { factsOf, readable } from "../src/state/describe";
import { Runs, type Span, roundsOf, settled } from "../src/state/runs";
import { chartOf, inSeconds } from "../src/state/timeline";
import { node } from "./build";

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
    const [row] = chartOf([[0, "a", 0, 0, 1.01, "done"], [0, "b", 0, 1, 1, "done"]]).rows;
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
