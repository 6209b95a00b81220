import { expect, test } from "vitest";
import { withNode } from "../src/state/edits";
import { stillDesk } from "../src/state/still";
import { graph, node } from "./build";

const SEEDS = { kind: "inline", summary: "", columns: [] };
const NOBODY = { x: 0, y: 0 };

function desk(): ReturnType<typeof stillDesk> {
  const document = { ...graph("a -> b"), seeds: SEEDS };
  const ghosts = { nodes: {}, edges: {} };
  return stillDesk({ document, marks: { nodes: { b: "added" }, edges: {}, ghosts }, models: {}, words: "A → B" }, {});
}

test("what is only looked at is not changed, and says so", () => {
  const still = desk();
  const before = still.editor.document;
  still.editor.commit("add", withNode(before, "c", node()));
  expect([still.editor.document, still.editor.undo()]).toEqual([before, false]);
  expect(still.notice).toContain("Go back to the drawing");
});

test("what is only looked at opens the search and nothing that changes it", () => {
  const still = desk();
  still.openMenu({ type: "add", at: NOBODY, place: [0, 0] });
  still.openLabel("a -> b");
  expect([still.menu, still.labelled]).toEqual([undefined, undefined]);
  still.openMenu({ type: "find", at: NOBODY });
  expect(still.menu?.type).toBe("find");
});

test("what is only looked at is not run", () => {
  const still = desk();
  still.run();
  expect([still.asked, still.notice === ""]).toEqual([undefined, false]);
});
