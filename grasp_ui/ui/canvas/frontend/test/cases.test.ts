/**
 * Plays of the canvas, written for `tests/ui/canvas`, which takes them with the real server code.
 * `WRITE=1 npm test` writes them anew after a wanted change of the protocol.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { graph } from "./build";
import { play } from "./play";

const FILE = new URL("../../../../../tests/ui/canvas/plays.json", import.meta.url);

test("the plays that the server is tested with are what this canvas says", () => {
  const plays = Array.from({ length: 16 }, (_, seed) => {
    const { steps, server } = play(1000 + seed, 24);
    return { steps, end: server.document };
  });
  const text = `${JSON.stringify({ start: graph("a -> b -> c", "d"), plays })}\n`;
  if (process.env["WRITE"]) writeFileSync(FILE, text);
  expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(JSON.parse(text));
});
