import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { colourOf, contrast, over, tokensOf } from "./colour";

const HOME = join(import.meta.dirname, "..");
const CONFIG = join(HOME, "..", "..", "..", "..", ".streamlit", "config.toml");
const ENOUGH = 4.5;
const ENOUGH_FOR_ICONS = 3;
/** The colours of the kinds that ship. */
const KINDS = [
  "#0369a1", "#0d9488", "#2563eb", "#334155", "#475569", "#64748b", "#7c3aed", "#b45309", "#d97706", "#dc2626",
];

/** A theme of the app's settings under the names that Streamlit gives to components. */
function themeOf(name: string): Record<string, string> {
  const [, section = ""] = readFileSync(CONFIG, "utf8").split(`[theme.${name}]`);
  const pairs = [...(section.split(/^\[/m)[0] ?? "").matchAll(/^(\w+) = "(#\w+)"$/gm)];
  return Object.fromEntries(
    pairs.map(([, key = "", value = ""]) => [`--st-${key.replace(/[A-Z]/g, (l) => `-${l.toLowerCase()}`)}`, value]),
  );
}

/** Text and what it stands on, bottom first, as the style sheets say. */
const PAIRS: readonly (readonly [what: string, text: string, ...grounds: string[]])[] = [
  ["a title", "var(--text)", "var(--card)"],
  ["a prompt", "var(--quiet)", "var(--card)"],
  ["a chip or a badge", "var(--quiet)", "var(--card)", "var(--soft)"],
  ["a chip on a card that is off", "var(--quiet)", "var(--ground)", "var(--soft)"],
  ["the seeds", "var(--quiet)", "color-mix(in srgb, var(--panel) 70%, var(--back))", "var(--soft)"],
  ["a share", "var(--text)", "var(--card)", "var(--soft)", "color-mix(in srgb, var(--accent) 15%, transparent)"],
  ["a pin", "var(--calm)", "color-mix(in srgb, var(--calm) 12%, var(--card))"],
  ["running", "color-mix(in srgb, var(--busy) 88%, var(--text))", "var(--card)"],
  ["done", "var(--good)", "var(--card)"],
  ["failed", "var(--bad)", "var(--card)"],
  ["cached", "var(--calm)", "var(--card)"],
  ["an error", "color-mix(in srgb, var(--bad) 86%, var(--text))", "color-mix(in srgb, var(--bad) 10%, var(--card))"],
  ["a warning", "color-mix(in srgb, var(--warn) 86%, var(--text))", "color-mix(in srgb, var(--warn) 12%, var(--card))"],
  ["the count of problems", "var(--bad)", "var(--back)", "color-mix(in srgb, var(--bad) 12%, transparent)"],
  ["the count of warnings", "var(--warn)", "var(--back)", "color-mix(in srgb, var(--warn) 13%, transparent)"],
  ["stop", "var(--bad)", "var(--back)", "color-mix(in srgb, var(--bad) 10%, transparent)"],
  ["run", "var(--on-accent)", "var(--accent)"],
  ["a condition", "var(--text)", "var(--float)"],
  ["a count of an arrow", "var(--good)", "var(--float)"],
  ["a bar that failed", "var(--back)", "var(--bad)"],
  ...["#e5b800", "#3b82f6", "#22a06b", "#e0569b", "#8a91a3"].map(
    (paper): readonly [string, string, string] => [`a note of ${paper}`, "var(--text)", `color-mix(in srgb, ${paper} 22%, var(--back))`],
  ),
  ["a time", "var(--quiet)", "var(--back)"],
];

describe.each(["light", "dark"])("in the %s theme", (name) => {
  const tokens = tokensOf(readFileSync(join(HOME, "src", "styles", "theme.css"), "utf8"), themeOf(name));
  const measured = (text: string, grounds: readonly string[]): number => {
    const ground = grounds.map((one) => colourOf(one, tokens)).reduce((below, top) => over(top, below));
    return contrast(over(colourOf(text, tokens), ground), ground);
  };

  test.each(PAIRS)("%s can be read", (_what, text, ...grounds) => {
    expect(measured(text, grounds)).toBeGreaterThanOrEqual(ENOUGH);
  });

  test.each(KINDS)("the name on a bar of the colour %s can be read", (kind) => {
    expect(measured("var(--text)", [`color-mix(in srgb, ${kind} 38%, var(--card))`])).toBeGreaterThanOrEqual(ENOUGH);
  });

  test.each(KINDS)("the icon on a tile of the colour %s can be seen", (kind) => {
    const mine = new Map([...tokens, ["--kind", kind]]);
    const ink = colourOf(tokens.get("--ink") ?? "", mine);
    const ground = colourOf("color-mix(in srgb, var(--kind) 17%, var(--card))", mine);
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(ENOUGH_FOR_ICONS);
  });
});

test("contrast is reckoned as WCAG says", () => {
  const [black, white] = ["#000", "#ffffff"].map((hex) => colourOf(hex, new Map()));
  expect(black && white && contrast(black, white)).toBeCloseTo(21, 5);
});
