import { describe, expect, test } from "vitest";
import { nextArrow } from "../src/state/arrows";
import { SHORTCUTS, type Shortcut } from "../src/view/keys";
import { graph } from "./build";

const NAMES: Readonly<Record<string, string>> = { "Arrow keys": "ArrowLeft", Esc: "Escape", "−": "-" };
const KEYED = SHORTCUTS.filter(({ by }) => by === undefined);

/** The presses that the listed keys stand for: a held Ctrl (and Shift) with the last, or each by itself. */
function presses({ keys }: Shortcut): KeyboardEvent[] {
  const ctrlKey = keys[0] === "Ctrl";
  const shiftKey = keys[1] === "Shift";
  const plain = keys.slice(Number(ctrlKey) + Number(shiftKey));
  return plain.map((name) => {
    const key = NAMES[name] ?? name;
    const held = { ctrlKey, metaKey: false, altKey: false, shiftKey };
    return { ...held, key, composedPath: () => [] } as unknown as KeyboardEvent;
  });
}

describe("the list of shortcuts", () => {
  test.each(KEYED.map((shortcut) => [shortcut.keys.join(" "), shortcut] as const))("%s does what it says", (_keys, shortcut) => {
    for (const event of presses(shortcut)) {
      expect(SHORTCUTS.find(({ matches }) => matches(event))?.does).toBe(shortcut.does);
    }
  });

  test("names each deed once", () => {
    const deeds = SHORTCUTS.map(({ does }) => does);
    expect(new Set(deeds).size).toBe(deeds.length);
  });

  test("has no key that is heard elsewhere and here too", () => {
    const others = SHORTCUTS.filter(({ by }) => by === "clipboard" || by === "page");
    const both = others.flatMap(presses).filter((event) => SHORTCUTS.some(({ matches }) => matches(event)));
    expect(others.length).toBeGreaterThan(3);
    expect(both).toEqual([]);
  });
});

describe("the next arrow", () => {
  const drawn = graph("a -> b", "a -> c", "b -> c");
  const after = (nodes: string[], edges: string[] = []) => nextArrow(drawn, { nodes, edges });

  test("goes round through those that leave the node", () => {
    expect([after(["a"]), after([], ["a -> b"]), after([], ["a -> c"])]).toEqual(["a -> b", "a -> c", "a -> b"]);
  });

  test("is one into a node that none leaves, and the first of all without a node", () => {
    expect([after(["c"]), after([])]).toEqual(["a -> c", "a -> b"]);
  });
});
