import { describe, expect, test } from "vitest";
import { factsOf } from "../src/state/describe";
import { flowEdges, flowNodes } from "../src/state/flow";
import { found, grouped } from "../src/state/kinds";
import { SEEDS } from "../src/state/model";
import { Runs, doneOf } from "../src/state/runs";
import { freeLevel } from "../src/view/paths";
import { graph, node } from "./build";

const kind = (title: string, group: string, help = "") => ({ title, help, group, icon: "", color: "" });
const KINDS = {
  sampler: kind("Sampler", "Data", "Draws an option."),
  turn: kind("Turn", "Dialogue"),
  generate: kind("Generate", "Data"),
};
const seeds = { kind: "inline", summary: "1 row", columns: [] };
const nobody = { nodes: [], edges: [] };

describe("a card", () => {
  test("shows weighted options as shares", () => {
    const { shares } = factsOf("mood", node("sampler", null, { options: { calm: 3, cross: 1 } }), undefined);
    expect(shares).toEqual([{ name: "calm", part: 0.75 }, { name: "cross", part: 0.25 }]);
  });

  test("lists options of one weight", () => {
    const facts = factsOf("mood", node("sampler", null, { options: { calm: 1, cross: 1 } }), undefined);
    expect([facts.text, facts.shares]).toEqual(["calm · cross", []]);
  });

  test("counts visits, not records, where there were more of them", () => {
    expect([doneOf(4, 6), doneOf(12, 6), doneOf(3, 0)]).toEqual(["4/6", "12×", "3"]);
  });

  test("prefers a title to the name, and names kind and role", () => {
    const facts = factsOf("ask", node("turn", null, { title: "Asks", role: "user" }), KINDS.turn);
    expect([facts.title, facts.kind]).toEqual(["Asks", "Turn · user"]);
  });

  test("is fine with fields of the wrong type", () => {
    const facts = factsOf("x", node("turn", null, { prompt: 3, options: "a", model: { a: 1 } }), undefined);
    expect([facts.text, facts.shares, facts.chips]).toEqual(["", [], []]);
  });
});

describe("the list of kinds", () => {
  test("puts kinds of one group together", () => {
    const order = grouped(KINDS, "").flatMap(({ entries }) => entries.map(({ name }) => name));
    expect(order).toEqual(["sampler", "generate", "turn"]);
  });

  test("finds by title first, then by help", () => {
    expect(found(KINDS, "opt").map(({ name }) => name)).toEqual(["sampler"]);
    expect(found(KINDS, "ge")[0]?.name).toBe("generate");
  });
});

describe("the graph as drawn", () => {
  test("has the seeds' card left of everything", () => {
    const [source, ...cards] = flowNodes(graph("a -> b"), seeds, nobody, []);
    expect(source?.id).toBe(SEEDS);
    expect(cards.every((card) => card.position.x > (source?.position.x ?? 0) + 210)).toBe(true);
  });

  test("leads from the seeds to every start", () => {
    const ids = flowEdges(graph("a -> b", "c"), nobody).map(({ id }) => id);
    expect(ids).toEqual(["@seeds -> a", "@seeds -> c", "a -> b"]);
  });

  test("keeps a node that did not change", () => {
    const document = graph("a");
    const before = flowNodes(document, seeds, nobody, []);
    expect(flowNodes(document, seeds, nobody, before)[1]).toBe(before[1]);
  });

  test("leaves a node where it is being dragged", () => {
    const document = graph("a");
    const dragged = flowNodes(document, seeds, nobody, []).map((one) => ({
      ...one,
      dragging: true,
      position: { x: 77, y: 7 },
    }));
    const next = { ...document, nodes: { a: node("turn", [0, 0], { prompt: "x" }) } };
    expect(flowNodes(next, seeds, nobody, dragged)[1]?.position).toEqual({ x: 77, y: 7 });
  });
});

test("an arrow back passes between two rows and through no card", () => {
  const box = (left: number, top: number) => ({ left, top, right: left + 200, bottom: top + 100 });
  const [from, to, between] = [box(600, 0), box(0, 300), box(300, 220)];
  expect(freeLevel(from, to, [from, to])).toBe(272);
  expect(freeLevel(from, to, [from, to, between])).toBeLessThan(220);
});

test("a run's view wakes only the nodes that changed", () => {
  const runs = new Runs();
  const view = { state: "running", records: 1, done: 0, edges: {} };
  runs.set({ ...view, nodes: { a: { state: "done" }, b: { state: "queued" } } });
  const before = runs.node("a");
  runs.set({ ...view, nodes: { a: { state: "done" }, b: { state: "running" } } });
  expect(runs.node("a")).toBe(before);
  expect(runs.node("b")?.state).toBe("running");
});

describe("what is gone", () => {
  const drawn = graph("a");
  const before = graph("a -> b");
  const gone = { ...before, nodes: { ...before.nodes, b: node("turn", null) } };

  test("stands below the drawing, and what is drawn is no ghost", () => {
    const ghosts = flowNodes(drawn, seeds, nobody, [], gone).filter(({ deletable }) => deletable === false);
    expect(ghosts.filter(({ id }) => id !== SEEDS).map(({ id }) => id)).toEqual(["b"]);
    expect(ghosts.at(-1)?.position.y).toBeGreaterThan(0);
  });

  test("keeps its arrows, which cannot be deleted", () => {
    const arrows = flowEdges(drawn, nobody, gone).filter(({ type }) => type === "arrow");
    expect(arrows.map(({ target, deletable }) => [target, deletable])).toEqual([["b", false]]);
  });
});
