import { describe, expect, test } from "vitest";
import { firstFields, fitting, mayHaveMessage } from "../src/state/fit";
import { found } from "../src/state/kinds";
import type { Document, Kind, Seeds, Ware } from "../src/state/model";
import { graph, node } from "./build";

const kind = (gives: Ware[], takes: Ware[], rest: Partial<Kind> = {}): Kind => ({
  title: "", help: "", group: "", icon: "", color: "", gives, takes, ...rest,
});
const KINDS = {
  sampler: kind(["variable"], []),
  set: kind(["variable"], ["variable"]),
  turn: kind(["message"], ["message", "variable"]),
  judge: kind(["variable"], ["message"], { needs_message: true }),
};
const ROWS: Seeds = { kind: "inline", summary: "", columns: ["topic"] };
const FILE: Seeds = { kind: "jsonl", summary: "", columns: [] };
const MIXED: Document = {
  nodes: { mood: node("sampler"), ask: node("turn") },
  edges: graph("mood -> ask").edges,
};

/** Names of what is offered at the loose end, with how well each fits. */
function offered(name: string, end: "source" | "target", seeds = ROWS, document = MIXED): string[] {
  const ground = { document, kinds: KINDS, seeds };
  return fitting(ground, { node: name, end }, found(KINDS, "")).map(([entry, fit]) => `${entry.name} ${fit}`);
}

describe("an arrow that leaves a node", () => {
  test("offers what uses its output first, and last what lacks a message", () => {
    expect(offered("mood", "source")).toEqual(["set fits", "turn fits", "sampler possible", "judge lacks"]);
  });

  test("offers a judge once something was said", () => {
    expect(offered("ask", "source")).toEqual(["turn fits", "judge fits", "sampler possible", "set possible"]);
  });

  test("offers a judge where the rows may bring messages", () => {
    expect(offered("mood", "source", FILE)).toContain("judge possible");
    expect(offered("mood", "source", { ...ROWS, columns: ["messages"] })).toContain("judge possible");
  });

  test("counts no node that is switched off", () => {
    const off = { ...MIXED, nodes: { ...MIXED.nodes, ask: node("turn", [0, 0], { disabled: true }) } };
    expect(mayHaveMessage({ document: off, kinds: KINDS, seeds: ROWS }, "ask")).toBe(false);
  });
});

test("an arrow into a node offers what gives it something first", () => {
  expect(offered("ask", "target").slice(0, 3)).toEqual(["sampler fits", "set fits", "turn fits"]);
});

test("nothing fits the seeds, which reach every first node by themselves", () => {
  expect(offered("@seeds", "source")).toEqual([]);
});

test("a block is met by its first node", () => {
  const piece: Document = { nodes: { grade: node("judge") }, edges: {} };
  const block = kind([], [], { block: { parameters: {}, models: [], piece } });
  const ground = { document: MIXED, kinds: { ...KINDS, "@block/b": block }, seeds: ROWS };
  const at = (name: string): string | undefined =>
    fitting(ground, { node: name, end: "source" }, [{ name: "@block/b", kind: block }])[0]?.[1];
  expect([at("mood"), at("ask")]).toEqual(["lacks", "fits"]);
});

test.each([
  ["turn", node("turn", null, { role: "user" }), { role: "assistant" }],
  ["turn", node("turn", null, { role: "assistant" }), {}],
  ["turn", node("turn"), { role: "assistant" }],
  ["panel", node("panel"), { role: "user" }],
  ["judge", node("turn"), {}],
  ["turn", node("sampler"), {}],
])("a new %s after %j begins with %j", (name, origin, fields) => {
  expect(firstFields(name, origin)).toEqual(fields);
});
