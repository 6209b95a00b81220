import { expect, test } from "vitest";
import { clipIn, clipText } from "../src/state/clipboard";
import { pasted } from "../src/state/edits";
import { tidied } from "../src/state/layout";
import { type Document, NOTE, isNote, running } from "../src/state/model";
import { FRESH, noteOf } from "../src/state/notes";
import { startNodes } from "../src/state/rules";

const NOTED: Document = {
  nodes: {
    ask: { kind: "turn", fields: {}, position: null },
    "@note": { kind: NOTE, fields: { text: "Hi", size: [200, 100], color: "pink" }, position: [5, 5] },
  },
  edges: {},
};

test("a note is no start, is not tidied and does not run", () => {
  expect(startNodes(NOTED)).toEqual(["ask"]);
  expect([...tidied(NOTED).keys()]).toEqual(["ask"]);
  expect(Object.keys(running(NOTED).nodes)).toEqual(["ask"]);
});

test("a document without notes stays the very same object", () => {
  const plain = running(NOTED);
  expect(running(plain)).toBe(plain);
});

test("a copied note is pasted under a name of its own", () => {
  const piece = clipIn(clipText(NOTED));
  expect(piece).toEqual(NOTED);
  expect(pasted(NOTED, NOTED).names).toEqual(["ask_2", "@note_2"]);
});

test("no text of a clipboard makes another name that begins so", () => {
  const text = clipText({ nodes: { "@seeds": { kind: NOTE, fields: {}, position: null } }, edges: {} });
  expect(clipIn(text)?.nodes).toEqual({});
  expect(isNote("@seeds")).toBe(false);
});

test("odd fields of a note are as in a fresh one", () => {
  expect(noteOf({ text: 3, size: "wide", color: "sky" })).toEqual(FRESH);
});
