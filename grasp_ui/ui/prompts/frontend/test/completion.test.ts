import { describe, expect, it } from "vitest";
import { fitting, insertion, offered, placeAt } from "../src/completion";

/** What completing to `name` makes of `text`, whose caret is at the bar. */
function completed(text: string, name: string, jinja = false): string {
  const caret = text.indexOf("|");
  const written = text.replace("|", "");
  const place = placeAt(written, caret, jinja);
  if (!place) return "no place";
  const put = insertion(written, place, name, jinja);
  return written.slice(0, put.from) + put.text + written.slice(put.to);
}

describe("completion", () => {
  it.each([
    ["Ask {|", "Ask {topic}"],
    ["Ask {to| now", "Ask {topic} now"],
    ["Ask {to|}", "Ask {topic}"],
    ["Ask {t|pic}!", "Ask {topic}!"],
    ["{|}{x}", "{topic}{x}"],
    ["{to| and {x}", "{topic} and {x}"],
  ])("makes of %s %s", (before, after) => expect(completed(before, "topic")).toBe(after));

  it.each(["Ask |", "{topic}|", '{"|', "{ |", "{a b|"])("has no place in %s", (text) => {
    expect(completed(text, "topic")).toBe("no place");
  });

  it.each([
    ["{{ to|", "{{ topic }}"],
    ["{{|}}", "{{topic}}"],
    ["{to|", "no place"],
  ])("knows Jinja's marks: %s", (before, after) => expect(completed(before, "topic", true)).toBe(after));

  const names = { known: ["topic", "critique"], parts: { topic: {}, critique: { score: {}, notes: { "0": { at: {} } }, "*": null } } };
  it.each([
    ["", ["topic", "critique"]],
    ["crit", ["critique", "critique.score", "critique.notes"]],
    ["critique.", ["critique.score", "critique.notes"]],
    ["critique.no", ["critique.notes"]],
    ["critique.notes.0.", ["critique.notes.0.at"]],
    ["topic.", []],
  ])("offers for %s the parts of a variable", (typed, found) => expect(offered(names, typed)).toEqual(found));

  it("offers no key that could not be written", () => {
    expect(offered({ known: ["a"], parts: { a: { "two words": {}, "x-y": {}, b: {} } } }, "a.")).toEqual(["a.b"]);
  });

  it("writes a part over what was typed of it", () => {
    expect(completed("Say {critique.sc|}", "critique.score")).toBe("Say {critique.score}");
  });

  it("offers first what begins so, then what has it", () => {
    expect(fitting(["mytopic", "Topic", "to", "x"], "to")).toEqual(["Topic", "to", "mytopic"]);
  });
});
