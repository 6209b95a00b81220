import { describe, expect, test } from "vitest";
import { withNode, without } from "../src/state/edits";
import { Editor } from "../src/state/editor";
import { graph, node, orderOf, shown } from "./build";
import { play } from "./play";
import { Server } from "./server";

describe("the sync of canvas and server", () => {
  test.each(Array.from({ length: 400 }, (_, seed) => seed))("ends with both the same (play %i)", (seed) => {
    const { editor, server, surprises } = play(seed, 60);
    expect(surprises).toBe(0);
    expect(editor.document).toEqual(server.document);
    expect(orderOf(editor.document)).toEqual(orderOf(server.document));
    expect(editor.sync.isSettled).toBe(true);
  });

  test("tells present values of everything that was not acknowledged", () => {
    const editor = new Editor(shown(graph("a")));
    const sent: unknown[] = [];
    editor.send = ({ revision, nodes }) => sent.push([revision, Object.keys(nodes)]);
    editor.commit("add", withNode(editor.document, "b", node()));
    editor.commit("add", withNode(editor.document, "c", node()));
    expect(sent).toEqual([[1, ["b"]], [2, ["b", "c"]]]);
  });

  test("tells an undo that overtakes its own edit as a removal", () => {
    const editor = new Editor(shown(graph("a")));
    let last: unknown;
    editor.send = ({ nodes }) => (last = nodes);
    editor.commit("add", withNode(editor.document, "b", node()));
    editor.undo();
    expect(last).toEqual({ b: null });
  });

  test("forgets what was acknowledged", () => {
    const editor = new Editor(shown(graph("a")));
    editor.commit("add", withNode(editor.document, "b", node()));
    editor.receive(shown(editor.document, { acknowledged: 1 }));
    expect(editor.sync.isSettled).toBe(true);
  });

  test("keeps an own move while the server's text comes in", () => {
    const server = new Server(graph("a"));
    const editor = new Editor(server.show());
    editor.commit("move", { ...editor.document, nodes: { a: node("turn", [50, 50]) } });
    server.setField("a", "new");
    editor.receive(server.show());
    expect(editor.document.nodes["a"]).toEqual(node("turn", [50, 50], { prompt: "new" }));
  });

  test("follows a rename by the server with selection and place", () => {
    const server = new Server(graph("a -> b"));
    const editor = new Editor(server.show());
    editor.select({ nodes: ["a"], edges: [] });
    server.rename("a", "first");
    editor.receive(server.show());
    expect(editor.selected.nodes).toEqual(["first"]);
    expect(Object.keys(editor.document.edges)).toEqual(["first -> b"]);
  });

  test("undoes a rename by the server and says so", () => {
    const server = new Server(graph("a -> b"));
    const editor = new Editor(server.show());
    editor.send = (edit) => server.take(edit);
    server.rename("a", "first");
    editor.receive(server.show());
    editor.undo();
    expect(server.document).toEqual(graph("a -> b"));
  });

  test("undoes an edit of the inspector", () => {
    const server = new Server(graph("a"));
    const editor = new Editor(server.show());
    editor.send = (edit) => server.take(edit);
    server.setField("a", "new");
    editor.receive(server.show());
    editor.undo();
    expect(server.document).toEqual(graph("a"));
  });

  test("brings what was untold to a server that restarted", () => {
    const editor = new Editor(shown(graph("a"), { acknowledged: 9 }));
    editor.commit("add", withNode(editor.document, "b", node()));
    const server = new Server(graph("a"), "another");
    editor.send = (edit) => server.take(edit);
    editor.receive(server.show());
    expect(Object.keys(server.document.nodes)).toEqual(["a", "b"]);
  });

  test("takes the server's document when nothing is untold", () => {
    const editor = new Editor(shown(graph("a -> b")));
    editor.receive(shown(without(graph("a -> b"), ["b"], []), { session: "another" }));
    expect(Object.keys(editor.document.nodes)).toEqual(["a"]);
  });
});
