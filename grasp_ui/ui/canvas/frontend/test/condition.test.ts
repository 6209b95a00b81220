import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { completion, faultOf } from "../src/state/condition";

// The same cases are asked of the engine's reader by `tests/ui/canvas/test_conditions.py`.
const FILE = new URL("../../../../../tests/ui/canvas/conditions.json", import.meta.url);
const cases = JSON.parse(readFileSync(FILE, "utf8")) as Record<"readable" | "unreadable", string[]>;

describe("a condition", () => {
  test.each(cases.readable)("can be read: %s", (text) => expect(faultOf(text)).toBeUndefined());
  test.each(cases.unreadable)("cannot be read: %s", (text) => expect(faultOf(text)).toBeDefined());

  test("is told where it is wrong", () => {
    expect(faultOf("score < 4 and f(x)")?.position).toBe(15);
    expect(faultOf("a is b")?.what).toMatch("==");
  });
});

describe("completion", () => {
  const known = ["score", "critique.score", "critique.reason", "mood"];

  test("goes on with the word before the caret", () => {
    expect(completion("score < 4 and crit", 18, known)).toEqual({
      start: 14,
      names: ["critique.score", "critique.reason"],
    });
  });

  test("offers everything where nothing was begun, and nothing inside a text", () => {
    expect(completion("", 0, known).names).toEqual(known);
    expect(completion("mood == 's", 10, known).names).toEqual([]);
    expect(completion("mood == 's' and s", 17, known).names).toEqual(["score"]);
  });
});
