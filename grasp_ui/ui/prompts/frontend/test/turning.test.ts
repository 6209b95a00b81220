import { describe, expect, it } from "vitest";
import { Turning } from "../src/turning";

const heard = (number: number, client = "me"): { client: string; heard: number } => ({ client, heard: number });

describe("turning", () => {
  it("counts fast steps from where the first began", () => {
    const turning = new Turning("me");
    turning.step(3, 1);
    turning.step(3, 1);
    const last = turning.step(3, -1);
    expect([last.record, last.steps, last.number]).toEqual([3, 1, 3]);
  });

  it("goes on from a number that was typed and not heard yet", () => {
    const turning = new Turning("me");
    turning.ask(7);
    expect(turning.step(0, 1)).toMatchObject({ record: 7, steps: 1 });
  });

  it("begins anew once the last turn was heard", () => {
    const turning = new Turning("me");
    turning.step(3, 1);
    turning.step(3, 1);
    turning.receive(heard(1));
    expect(turning.unheard).toMatchObject({ record: 3, steps: 2 });
    turning.receive(heard(2));
    expect([turning.unheard, turning.step(5, 1)]).toMatchObject([null, { record: 5, steps: 1 }]);
  });

  it("keeps a turn that only another tab's server heard", () => {
    const turning = new Turning("me");
    turning.ask(2);
    turning.receive(heard(9, "other"));
    expect(turning.unheard).toMatchObject({ record: 2 });
  });
});
