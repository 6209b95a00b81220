import { expect, test } from "vitest";
import { difference } from "../src/state/change";
import { moved, withNode, without } from "../src/state/edits";
import { Editor } from "../src/state/editor";
import { History, LIMIT } from "../src/state/history";
import { graph, node, shown } from "./build";

const step = (why: string) => ({ why, change: difference(graph("a"), graph("a", "b")), renamed: [] });

test("a deleted node comes back with its arrows", () => {
  const editor = new Editor(shown(graph("a -> b -> c")));
  editor.commit("delete", without(editor.document, ["b"], []));
  expect(Object.keys(editor.document.edges)).toEqual([]);
  editor.undo();
  expect(editor.document).toEqual(graph("a -> b -> c"));
});

test("redo does again what undo took back", () => {
  const editor = new Editor(shown(graph("a")));
  editor.commit("add", withNode(editor.document, "b", node()));
  const after = editor.document;
  editor.undo();
  editor.redo();
  expect(editor.document).toEqual(after);
});

test("a new edit ends what could be redone", () => {
  const history = new History();
  history.record(step("first"));
  history.undo();
  history.record(step("second"));
  expect(history.redo()).toBeUndefined();
});

test("a hundred steps are kept and no more", () => {
  const history = new History();
  for (let count = 0; count < LIMIT + 20; count += 1) history.record(step(`${count}`));
  let undone = 0;
  while (history.undo()) undone += 1;
  expect(undone).toBe(100);
});

test("moving several nodes is one step", () => {
  const editor = new Editor(shown(graph("a", "b")));
  editor.commit("move", moved(editor.document, new Map([["a", [10, 10]], ["b", [20, 20]]])));
  editor.undo();
  expect(editor.document).toEqual(graph("a", "b"));
});

test("what changes nothing is no step", () => {
  const editor = new Editor(shown(graph("a")));
  editor.commit("move", moved(editor.document, new Map([["a", [0, 0]]])));
  expect(editor.history.undoes).toBeUndefined();
});
