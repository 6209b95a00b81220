import { describe, expect, it } from "vitest";
import { complaints, filled, piecesOf } from "../src/places";

const NAMES = { known: ["topic", "critique", "record"], open: false, jinja: false };
const kinds = (text: string, names = NAMES): string[] =>
  piecesOf(text, names).map(({ text: part, kind }) => `${kind}:${part}`);
const said = (text: string, problems: string[] = []): string[] =>
  complaints(piecesOf(text, NAMES), { ...NAMES, problems });

describe("places", () => {
  it("tells known names from unknown ones", () => {
    expect(kinds("Ask about {topic}, not {tpic}.")).toEqual([
      "plain:Ask about ",
      "known:{topic}",
      "plain:, not ",
      "unknown:{tpic}",
      "plain:.",
    ]);
  });

  it("takes a part of a variable for known where its root is", () => {
    expect(kinds("{critique.reason}{x.y}")).toEqual(["known:{critique.reason}", "unknown:{x.y}"]);
  });

  it.each(['{"json": 1}', "{1}", "{}", "{ topic }", "a } b {", ""])("leaves %s plain", (text) => {
    expect(kinds(text).filter((piece) => !piece.startsWith("plain:"))).toEqual([]);
  });

  it("loses no letter", () => {
    for (const text of ["{é}{{topic}}\n", "👩‍🚀 {topic", "}{topic}{", "{a.b.0}\n\n"]) {
      for (const jinja of [false, true]) {
        const pieces = piecesOf(text, { ...NAMES, jinja });
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      }
    }
  });

  it("marks no name where others may be right too", () => {
    expect(kinds("{tpic}", { ...NAMES, open: true })).toEqual(["known:{tpic}"]);
  });

  it("marks Jinja as such", () => {
    const jinja = { ...NAMES, jinja: true };
    expect(kinds("{% if topic %}{{ topic }} {topic}{% endif %}", jinja)).toEqual([
      "known:{% if topic %}",
      "known:{{ topic }}",
      "plain: {topic}",
      "known:{% endif %}",
    ]);
  });
});

describe("complaints", () => {
  it("name what was meant, once a name", () => {
    expect(said("{tpic} {tpic}")).toEqual(["There is no variable 'tpic'. Did you mean 'topic'?"]);
  });

  it("give a reason where nothing is near", () => {
    expect(said("{weather}")).toEqual(["There is no variable 'weather'. Nothing before this node writes it."]);
  });

  it("say nothing twice that the server has said", () => {
    expect(said("{tpic}", ["There is no variable 'tpic'."])).toEqual([]);
  });
});

describe("parts", () => {
  const names = {
    known: ["topic", "critique", "grades", "answer"],
    open: false,
    jinja: false,
    parts: { topic: {}, critique: { score: {}, reason: {} }, grades: { "0": { score: {} } }, answer: { score: {}, "*": null } },
  };
  const about = (text: string): string[] => complaints(piecesOf(text, names), { ...names, problems: [] });

  it.each(["{critique.score}", "{grades.3.score}", "{answer.more}", "{topic}", "{critique.score} {grades.0}"])(
    "of %s are there",
    (text) => expect([about(text), kinds(text, names).filter((one) => one.startsWith("unknown"))]).toEqual([[], []]),
  );

  it.each([
    ["{critique.scor}", "No part 'scor' of 'critique' is known. Did you mean 'critique.score'?"],
    ["{critique.weather}", "No part 'weather' of 'critique' is known. Known: score, reason."],
    ["{grades.0.reason}", "No part 'reason' of 'grades.0' is known. Known: score."],
    ["{topic.name}", "'topic' is a text or a number: it has no part 'name'."],
  ])("of %s are missing", (text, words) => {
    expect(about(text)).toEqual([words]);
    expect(kinds(text, names)).toEqual([`unknown:${text}`]);
  });
});

describe("a preview", () => {
  it("fills what it has and leaves the rest as written", () => {
    const values = { topic: "$& rain", critique: { score: 4, list: ["a"] } };
    expect(filled("{topic} {critique.score} {critique.list.0} {critique.no} {x} {toString}", values)).toBe(
      "$& rain 4 a {critique.no} {x} {toString}",
    );
  });

  it("writes what is no text as JSON, spaced as the engine's is", () => {
    expect(filled("{a} {b}", { a: ["x", { k: null }], b: true })).toBe('["x", {"k": null}] true');
  });
});
