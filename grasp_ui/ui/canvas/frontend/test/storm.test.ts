import { describe, expect, test } from "vitest";
import { withNode } from "../src/state/edits";
import { Editor } from "../src/state/editor";
import { graph, node, orderOf, shown } from "./build";
import { Server } from "./server";
import { Storm } from "./storm";

const SEEDS = Array.from({ length: 400 }, (_, seed) => seed);

describe("once everything has arrived after a storm", () => {
  test.each(SEEDS)("both have the same document, and undo leads back to the first (%i)", (seed) => {
    const storm = new Storm(seed);
    for (let step = 0; step < 150; step += 1) storm.step();
    storm.calm();
    const { editor } = storm;
    expect(storm.surprises).toBe(0);
    expect(editor.sync.isSettled).toBe(true);
    expect(editor.document).toEqual(storm.server.document);
    expect(orderOf(editor.document)).toEqual(orderOf(storm.server.document));
    const after = editor.document;
    let undone = 0;
    while (editor.undo()) undone += 1;
    storm.calm();
    expect(editor.document).toEqual(storm.first);
    expect(storm.server.document).toEqual(storm.first);
    expect(orderOf(storm.server.document)).toEqual(orderOf(storm.first));
    while (undone > 0 && editor.redo()) undone -= 1;
    storm.calm();
    expect(storm.server.document).toEqual(after);
    expect(orderOf(editor.document)).toEqual(orderOf(storm.server.document));
  });
});

test("an answer that comes late takes nothing back and loses nothing that is untold", () => {
  const server = new Server(graph("a"));
  const editor = new Editor(server.show());
  editor.send = (edit) => server.take(edit);
  editor.commit("add", withNode(editor.document, "b", node()));
  const late = server.show();
  editor.commit("add", withNode(editor.document, "c", node()));
  editor.receive(server.show());
  editor.send = () => {};
  editor.commit("add", withNode(editor.document, "d", node()));
  expect(editor.receive(late)).toBe(false);
  editor.send = (edit) => server.take(edit);
  editor.resend();
  expect(Object.keys(server.document.nodes)).toEqual(["a", "b", "c", "d"]);
  expect(editor.document).toEqual(server.document);
});

test("what was switched and not told survives a server that restarts", () => {
  const editor = new Editor(shown(graph("a"), { acknowledged: 3 }));
  editor.commit("switch", { nodes: { a: node("turn", [0, 0], { disabled: true }) }, edges: {} });
  const server = new Server(graph("a"), "another");
  editor.send = (edit) => server.take(edit);
  editor.receive(server.show());
  expect(server.document.nodes["a"]?.fields).toEqual({ disabled: true });
});
