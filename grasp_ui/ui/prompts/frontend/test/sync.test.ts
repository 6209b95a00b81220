import { describe, expect, it } from "vitest";
import { aboutTokens } from "../src/count";
import { Sync, carried } from "../src/sync";

const NOBODY = { client: "", heard: 0 };
const heard = (number: number): { client: string; heard: number } => ({ client: "me", heard: number });

describe("sync", () => {
  it("takes in the server's text where nothing is unsent", () => {
    const sync = new Sync("me", "old");
    expect([sync.receive("new", NOBODY), sync.text]).toEqual([true, "new"]);
  });

  it("keeps what was typed while an older text comes back", () => {
    const sync = new Sync("me", "");
    sync.type("a");
    const { number } = sync.letter()!;
    sync.type("ab");
    expect([sync.receive("a", heard(number)), sync.text, sync.isUnsent]).toEqual([false, "ab", true]);
  });

  it("keeps what was sent until it is heard", () => {
    const sync = new Sync("me", "old");
    sync.type("new");
    sync.letter();
    expect([sync.receive("old", NOBODY), sync.text, sync.isUnheard]).toEqual([false, "new", true]);
    expect([sync.receive("new", heard(1)), sync.isUnheard]).toEqual([false, false]);
  });

  it("sends again what was lost, under the same number", () => {
    const sync = new Sync("me", "");
    sync.type("a");
    expect(sync.letter()).toEqual(sync.letter());
  });

  it("has nothing to send where nothing was typed", () => {
    const sync = new Sync("me", "a");
    sync.type("a");
    expect(sync.letter()).toBeNull();
  });

  it("takes no other tab's receipt for its own", () => {
    const sync = new Sync("me", "");
    sync.type("a");
    sync.letter();
    sync.receive("b", { client: "other", heard: 9 });
    expect(sync.text).toBe("a");
  });

  it("ends with every letter typed, whatever the delay of the answers", () => {
    for (let delay = 0; delay < 6; delay += 1) {
      const sync = new Sync("me", "");
      const answers: { text: string; receipt: { client: string; heard: number } }[] = [];
      for (const letter of "a long prompt") {
        sync.type(sync.text + letter);
        const { text, number } = sync.letter()!;
        answers.push({ text, receipt: heard(number) });
        const answer = answers.at(-1 - delay);
        if (answer) sync.receive(answer.text, answer.receipt);
      }
      expect(sync.text).toBe("a long prompt");
    }
  });
});

describe("a caret", () => {
  it.each([
    [2, "abcd", "abXcd", 2],
    [3, "abcd", "Xabcd", 4],
    [4, "abcd", "abcdef", 4],
    [2, "abcd", "ad", 1],
    [1, "abc", "", 0],
  ])("at %d in %s belongs in %s at %d", (caret, before, after, there) => {
    expect(carried(caret, before, after)).toBe(there);
  });
});

describe("a count", () => {
  it("is about a token for four letters, and one for each wide sign", () => {
    expect([aboutTokens(""), aboutTokens("four"), aboutTokens("fives"), aboutTokens("你好")]).toEqual([0, 1, 2, 2]);
  });
});
