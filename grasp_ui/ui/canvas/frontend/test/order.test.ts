import { expect, test } from "vitest";
import { difference } from "../src/state/change";
import { withNode, without } from "../src/state/edits";
import { Editor } from "../src/state/editor";
import { type Edit, renameAll } from "../src/state/model";
import { arranged, movedIds, placesOf } from "../src/state/order";
import { graph, node, orderOf, shown } from "./build";
import { Server } from "./server";

const ROUTED = ["a -> b", "a -> c", "a -> d"];

function connected(server: Server): Editor {
  const editor = new Editor(server.show());
  editor.send = (edit) => server.take(edit);
  return editor;
}

test("an undone deletion puts node and arrows where they stood, at both ends", () => {
  const server = new Server(graph(...ROUTED));
  const editor = connected(server);
  editor.commit("delete", without(editor.document, ["b"], []));
  editor.undo();
  expect(orderOf(server.document)).toEqual(orderOf(graph(...ROUTED)));
  expect(orderOf(editor.document)).toEqual(orderOf(graph(...ROUTED)));
});

test("a redone deletion and its undo lead back to the order", () => {
  const server = new Server(graph(...ROUTED));
  const editor = connected(server);
  editor.commit("cut", without(editor.document, [], ["a -> c"]));
  editor.undo();
  editor.redo();
  editor.undo();
  expect(orderOf(server.document)).toEqual(orderOf(graph(...ROUTED)));
});

test("what the inspector deleted comes back where it stood", () => {
  const server = new Server(graph(...ROUTED));
  const editor = connected(server);
  server.document = without(server.document, ["b"], []);
  server.revision += 1;
  editor.receive(server.show());
  editor.undo();
  expect(orderOf(server.document)).toEqual(orderOf(graph(...ROUTED)));
});

test("the first of two arrows between the same nodes can be cut and come back", () => {
  const lines = ["a -> b", "a -> c", "a -> b"];
  const server = new Server(graph(...lines));
  const editor = connected(server);
  editor.commit("cut", without(editor.document, [], ["a -> b"]));
  expect(orderOf(server.document)).toEqual(orderOf(editor.document));
  editor.undo();
  expect(orderOf(server.document)).toEqual(orderOf(graph(...lines)));
});

test("a moved node tells no place", () => {
  const editor = new Editor(shown(graph(...ROUTED)));
  let said: Edit | undefined;
  editor.send = (edit) => (said = edit);
  editor.commit("move", { ...editor.document, nodes: { ...editor.document.nodes, a: node("turn", [9, 9]) } });
  expect(said?.places).toEqual([]);
});

test("an added node tells after which it stands", () => {
  const before = graph("a", "b");
  const after = withNode(before, "c", node());
  expect(difference(before, after).places).toEqual([[], [["c", "b"]]]);
});

test("what stands after something that is gone stands last", () => {
  const { edges } = arranged(graph(...ROUTED), [["a -> b", "x -> y"]]);
  expect(Object.keys(edges)).toEqual(["a -> c", "a -> d", "a -> b"]);
});

test("notes stand after the nodes, each among its own", () => {
  const document = withNode(withNode(graph("a"), "@note", node("@note")), "b", node());
  expect(placesOf(document, new Set(["@note", "b"]))).toEqual([["b", "a"], ["@note", ""]]);
  expect(Object.keys(arranged(document, []).nodes)).toEqual(["a", "b", "@note"]);
});

test("arrows that change places are told, and others are not", () => {
  const before = graph("a -> b", "b -> c", "c -> d");
  const turned = graph("b -> c", "a -> b", "c -> d");
  expect(movedIds(before, { ...before, edges: turned.edges })).toEqual(new Set(Object.keys(before.edges)));
  expect(movedIds(before, before)).toEqual(new Set());
});

test("a place keeps its meaning when a node is renamed meanwhile", () => {
  const server = new Server(graph(...ROUTED));
  const editor = new Editor(server.show());
  let late: Edit | undefined;
  editor.send = (edit) => (late = edit);
  editor.commit("cut", without(editor.document, [], ["a -> c"]));
  editor.undo();
  server.rename("a", "first");
  if (late) server.take(late);
  expect(orderOf(server.document)).toEqual(orderOf(renameAll(graph(...ROUTED), ["a", "first"])));
});
