import { expect, test } from "vitest";
import { onceGone } from "../src/leaving";

test("an overtaken drawing takes nothing down while its place is on the page", () => {
  let stops = 0;
  onceGone({ isConnected: true }, () => (stops += 1))();
  expect(stops).toBe(0);
});

test("what stood in a place that left the page is taken down", () => {
  let stops = 0;
  onceGone({ isConnected: false }, () => (stops += 1))();
  expect(stops).toBe(1);
});
