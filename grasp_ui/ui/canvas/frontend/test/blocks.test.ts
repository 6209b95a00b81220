import { describe, expect, test } from "vitest";
import { closed, filled, gateOf, valuesOf, withBlock } from "../src/state/blocks";
import { Desk } from "../src/state/desk";
import { Deeds } from "../src/state/deeds";
import { Editor } from "../src/state/editor";
import { type Block, type Document, type Kind, EMPTY } from "../src/state/model";
import { Outbox, type Parcel } from "../src/state/outbox";
import { Runs } from "../src/state/runs";
import { CARD } from "../src/state/sizes";
import { dice, graph, node, shown } from "./build";

const TALK: Document = {
  nodes: {
    ask: node("turn", [0, 0], { prompt: "Ask about <<topic>> in {place}.", draws: "<<many>>" }),
    answer: node("turn", [300, 40], { persona: "A seller of <<topic>>" }),
  },
  edges: graph("ask -> answer").edges,
};
const BLOCK: Block = { parameters: { topic: "tea", many: 2 }, models: ["writer"], piece: TALK };

/** A graph of some of six names, with arrows between some of them. */
function drawn(seed: number): Document {
  const roll = dice(seed);
  const names = ["a", "b", "c", "a_2", "b_2", "a_3"];
  const pick = (): string => names[roll(names.length)] ?? "a";
  return graph(...Array.from({ length: 1 + roll(7) }, () => `${pick()} -> ${pick()}`));
}

describe("parameters", () => {
  test("are filled with what is given, else with their defaults", () => {
    expect(filled(BLOCK, { topic: "salt" }).nodes["ask"]?.fields["prompt"]).toBe("Ask about salt in {place}.");
    expect(filled(BLOCK).nodes["answer"]?.fields["persona"]).toBe("A seller of tea");
  });

  test("keep their type where they stand alone, also deep inside", () => {
    expect(filled(BLOCK).nodes["ask"]?.fields["draws"]).toBe(2);
    expect(closed({ list: ["<<n>>", "n=<<n>>"] }, { n: 3 })).toEqual({ list: [3, "n=3"] });
  });

  test("that are not known stay as they stand", () => {
    expect(closed("<<other>> and <<toString>>", { n: 3 })).toBe("<<other>> and <<toString>>");
  });

  test("that were not written over keep their type", () => {
    expect(valuesOf(BLOCK.parameters, { topic: "tea", many: "2" })).toEqual({ topic: "tea", many: 2 });
    expect(valuesOf(BLOCK.parameters, { many: "3" })).toEqual({ topic: "tea", many: "3" });
  });
});

describe("a block that is put in", () => {
  test("keeps its inner arrows and all that was there", () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const [target, piece] = [drawn(seed), drawn(seed + 100)];
      const { document, names } = withBlock(target, piece, [0, 0]);
      const fresh = new Map(Object.keys(piece.nodes).map((name, at) => [name, names[at]]));
      const added = Object.values(document.edges).slice(Object.keys(target.edges).length);
      expect(added.map(({ source, target: end }) => [source, end])).toEqual(
        Object.values(piece.edges).map(({ source, target: end }) => [fresh.get(source), fresh.get(end)]),
      );
      expect(document.nodes).toMatchObject(target.nodes);
      expect(new Set([...Object.keys(target.nodes), ...names]).size).toBe(Object.keys(document.nodes).length);
    }
  });

  test("has its middle under the pointer, on the grid", () => {
    const { document } = withBlock(EMPTY, TALK, [1003, 508]);
    expect(document.nodes["ask"]?.position).toEqual([740, 400]);
    expect(document.nodes["answer"]?.position).toEqual([1040, 440]);
  });

  test("covers no card that is there", () => {
    const { document } = withBlock(graph("a -> b"), TALK, [150, 90]);
    const places = Object.values(document.nodes).map(({ position }) => position ?? [0, 0]);
    const covers = places.some(([x, y], at) =>
      places.slice(at + 1).some(([left, top]) => Math.abs(left - x) < CARD.width && Math.abs(top - y) < CARD.height),
    );
    expect(covers).toBe(false);
  });

  test("is connected by its first or last node, which stands where the arrow ended", () => {
    const after = withBlock(graph("a"), TALK, [500, 0], { node: "a", end: "source" });
    expect(after.document.edges).toHaveProperty("a -> ask");
    expect(after.document.nodes["ask"]?.position).toEqual([500, 0]);
    const before = withBlock(graph("a"), TALK, [-500, 0], { node: "a", end: "target" });
    expect(before.document.edges).toHaveProperty("answer -> a");
    expect(gateOf(TALK, "target")).toBe("answer");
  });
});

describe("one step on the desk", () => {
  const entry: Kind = { title: "Talk", help: "", group: "My blocks", icon: "", color: "", block: BLOCK };
  const set = (models: Record<string, string>): { desk: Desk; sent: Parcel[] } => {
    const outbox = new Outbox("c");
    const sent: Parcel[] = [];
    outbox.send = (parcel) => sent.push(parcel);
    const seeds = { kind: null, summary: "", columns: [] };
    const looks = { kinds: { "@block/talk": entry }, problems: [], seeds, saved: null, models };
    return { desk: new Desk(new Editor(shown(graph("a"))), new Runs(), looks, outbox), sent };
  };

  test("is taken back whole", () => {
    const { desk } = set({ writer: "local" });
    const before = desk.editor.document;
    new Deeds(desk, () => CARD).addBlock("@block/talk", {}, [900, 900]);
    expect(desk.editor.selected.nodes).toEqual(["ask", "answer"]);
    desk.editor.undo();
    expect(desk.editor.document).toEqual(before);
  });

  test.each([
    [{ writer: "local" }, 0],
    [{ other: "local" }, 1],
  ])("asks the server for models only where %j lacks one", (models, commands) => {
    const { desk, sent } = set(models as Record<string, string>);
    new Deeds(desk, () => CARD).addBlock("@block/talk", {}, [900, 900]);
    const heard = sent.flatMap(({ items }) => items).filter(({ topic }) => topic === "command");
    expect(heard.map(({ value }) => value)).toEqual(Array(commands).fill({ command: "block", name: "talk" }));
  });
});
