import { expect, test } from "vitest";
import { clipIn, clipText } from "../src/state/clipboard";
import { centred, excerpt, pasted } from "../src/state/edits";
import { nodesFound } from "../src/state/finding";
import { variablesAfter } from "../src/state/variables";
import { graph, node } from "./build";

const LOOK = { title: "Judge", help: "", group: "Quality", icon: "", color: "", writes: "" };
const nodes = {
  ask: node("turn", [0, 0], { title: "The question", prompt: "Ask about {mood} bread." }),
  mood: node("sampler", [0, 0], { options: { calm: 1, angry: 2 }, writes: "mood" }),
  verdict: node("judge", [0, 0], { writes: "verdict" }),
};
const document = { ...graph("mood -> ask -> verdict"), nodes };
const found = (query: string): string[] =>
  nodesFound(document, { judge: LOOK }, query).map(({ name }) => name);

test("a name counts more than a kind, a kind more than a text", () => {
  expect(found("mood")).toEqual(["mood", "ask"]);
  expect(found("quality")).toEqual(["verdict"]);
  expect(found("BREAD")).toEqual(["ask"]);
  expect(found("angry")).toEqual(["mood"]);
  expect(found("nowhere")).toEqual([]);
});

test("a condition knows what was written before it, the nearest first", () => {
  const seeds = { kind: "inline", summary: "", columns: ["topic"] };
  expect(variablesAfter(document, {}, seeds, "verdict")).toEqual([
    "verdict.score", "verdict.reason", "verdict", "mood", "topic", "record", "visit",
  ]);
  expect(variablesAfter(document, {}, seeds, "mood")).toEqual(["mood", "topic", "record", "visit"]);
});

test("copied nodes come out of their text as they went in", () => {
  const piece = excerpt(document, ["mood", "ask"]);
  expect(clipIn(clipText(piece))).toEqual(piece);
});

test("any other text holds no nodes", () => {
  for (const text of ["", "hello", "[]", "{}", '{"format": "grasp-nodes", "nodes": 3}', "null"]) {
    expect(clipIn(text)).toBeUndefined();
  }
  const odd = '{"format": "grasp-nodes", "nodes": {"a b": {"kind": "turn"}, "c": 1}, "edges": [{}]}';
  expect(clipIn(odd)).toEqual({ nodes: {}, edges: {} });
});

test("a second paste lies beside the first", () => {
  const piece = graph("a -> b");
  const once = pasted(piece, piece).document;
  const places = Object.values(pasted(once, piece).document.nodes).map(({ position }) => String(position));
  expect(new Set(places).size).toBe(6);
});

test("a piece from elsewhere is put in the middle", () => {
  expect(Object.values(centred(graph("a -> b"), [1000, 500]).nodes).map(({ position }) => position)).toEqual([
    [850, 500], [1150, 500],
  ]);
});
