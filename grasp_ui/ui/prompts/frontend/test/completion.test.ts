import { describe, expect, it } from "vitest";
import { fitting, insertion, placeAt } from "../src/completion";

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

  it("offers first what begins so, then what has it", () => {
    expect(fitting(["mytopic", "Topic", "to", "x"], "to")).toEqual(["Topic", "to", "mytopic"]);
  });
});
