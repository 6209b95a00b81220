import { describe, expect, test } from "vitest";
import { excerpt, freeName, pasted, toggled, withCondition, withEdge, without } from "../src/state/edits";
import { placed, tidied } from "../src/state/layout";
import type { Document } from "../src/state/model";
import { neighbour } from "../src/state/neighbours";
import { closesLoop, refusal, startNodes } from "../src/state/rules";
import { CARD } from "../src/state/sizes";
import { graph, node } from "./build";

const LOOP = { when: "score < 4", max_visits: 2 };
const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`);

describe("names", () => {
  test("read well in the file", () => {
    expect(freeName(graph("a"), "turn")).toBe("turn");
    expect(freeName(graph("turn"), "turn")).toBe("turn_2");
    expect(freeName(graph("turn", "turn_2"), "turn_2")).toBe("turn_3");
  });
});

describe("arrows", () => {
  test("a second one between two nodes is refused", () => {
    expect(refusal(graph("a -> b"), "a", "b")).toMatch("already");
  });

  test("one that closes a loop keeps its condition and its limit", () => {
    const chain = graph("a -> b -> c");
    expect(closesLoop(chain, "c", "a")).toBe(true);
    expect(withEdge(chain, "c", "a", LOOP).edges["c -> a"]).toMatchObject(LOOP);
    expect(closesLoop(chain, "a", "c")).toBe(false);
  });

  test("one beside a loop leads forward", () => {
    const looped = withEdge(graph("a -> b -> c"), "c", "a", LOOP);
    expect(closesLoop(looped, "a", "c")).toBe(false);
  });

  test("one that leads back leaves a start a start", () => {
    expect(startNodes(withEdge(graph("a -> b"), "b", "a", LOOP))).toEqual(["a"]);
  });

  test("one to itself is refused", () => {
    expect(refusal(graph("a"), "a", "a")).toMatch("itself");
  });

  test("any other is fine", () => {
    expect(refusal(graph("a -> b -> c"), "a", "c")).toBeUndefined();
  });

  test("a doubled one keeps its twin when the first is cut", () => {
    const twice = withEdge(withEdge(graph("a", "b"), "a", "b"), "a", "b");
    const labelled = withCondition(twice, "a -> b #2", "x > 1");
    expect(without(labelled, [], ["a -> b"]).edges["a -> b"]?.when).toBe("x > 1");
  });

  test("an emptied condition is none", () => {
    expect(withCondition(graph("a -> b"), "a -> b", "  ").edges["a -> b"]?.when).toBeNull();
  });
});

describe("copies", () => {
  test("keep the arrows among them under free names", () => {
    const document = graph("a -> b -> c");
    const copy = pasted(document, excerpt(document, ["a", "b"]));
    expect(copy.names).toEqual(["a_2", "b_2"]);
    expect(Object.keys(copy.document.edges)).toContain("a_2 -> b_2");
    expect(Object.keys(copy.document.edges)).toHaveLength(3);
  });
});

test("switching off and on again leaves a node as it was", () => {
  const document = graph("a");
  const off = toggled(document, ["a"]);
  expect(off.nodes["a"]?.fields).toEqual({ disabled: true });
  expect(toggled(off, ["a"])).toEqual(document);
});

test("nodes without an arrow into them are starts", () => {
  expect(startNodes(graph("a -> b", "c"))).toEqual(["a", "c"]);
});

test("arrow keys walk to the nearest node that way", () => {
  const document = graph("a -> b -> c");
  expect(neighbour(document, "a", 1, 0)).toBe("b");
  expect(neighbour(document, "c", 1, 0)).toBeUndefined();
  expect(neighbour(document, undefined, 1, 0)).toBe("a");
});

describe("tidying", () => {
  const fan = ["a -> b1 -> z", "a -> b2 -> z", "a -> b3 -> z"];
  const graphs: [string, Document][] = [
    ["a chain of 4", graph(names(4).join(" -> "))],
    ["a chain of 14", graph(names(14).join(" -> "))],
    ["a fan", graph(...fan)],
    ["lone nodes", graph(...names(7))],
  ];

  test.each(graphs)("leaves no overlap in %s", (_, document) => {
    const places = [...tidied(document).values()];
    for (const [at, [x, y]] of places.entries()) {
      for (const [otherX, otherY] of places.slice(at + 1)) {
        const isApart = Math.abs(x - otherX) >= CARD.width || Math.abs(y - otherY) >= CARD.height;
        expect(isApart).toBe(true);
      }
    }
  });

  test("breaks a long chain into rows", () => {
    const rows = new Set([...tidied(graph(names(12).join(" -> "))).values()].map(([, y]) => y));
    expect(rows.size).toBe(3);
  });

  test("keeps a short chain in one row", () => {
    const rows = new Set([...tidied(graph(names(5).join(" -> "))).values()].map(([, y]) => y));
    expect(rows.size).toBe(1);
  });

  test("finds places only for nodes that have none", () => {
    const document = graph("a", "b");
    const half = { ...document, nodes: { ...document.nodes, b: node("turn", null) } };
    expect(placed(half).nodes["a"]).toEqual(document.nodes["a"]);
    expect(placed(half).nodes["b"]?.position).toEqual([300, 0]);
  });
});
