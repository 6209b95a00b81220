import { expect, test } from "vitest";
import { Outbox, type Parcel } from "../src/state/outbox";

function outbox(): [Outbox, () => string] {
  const box = new Outbox("tab");
  let last: Parcel = { client: "", items: [] };
  box.send = (parcel) => (last = parcel);
  return [box, () => last.items.map(({ topic, value }) => `${topic} ${value}`).join(", ")];
}

test("each parcel holds everything that was not heard", () => {
  const [box, last] = outbox();
  box.post("edit", 1);
  box.post("select", "a");
  box.post("command", "run");
  expect(last()).toBe("edit 1, select a, command run");
});

test("a newer selection stands in for the older one", () => {
  const [box, last] = outbox();
  box.post("select", "a");
  box.post("select", "b");
  expect(last()).toBe("select b");
});

test("no command is left out", () => {
  const [box, last] = outbox();
  box.post("command", "run");
  box.post("command", "stop");
  expect(last()).toBe("command run, command stop");
});

test("what was heard is not said again", () => {
  const [box, last] = outbox();
  box.post("command", "run");
  box.confirm({ client: "tab", heard: 1 });
  box.post("select", "a");
  expect(last()).toBe("select a");
});

test("another tab's receipt does not count", () => {
  const [box, last] = outbox();
  box.post("command", "run");
  box.confirm({ client: "another", heard: 9 });
  box.flush();
  expect(last()).toBe("command run");
});

test("what was just sent is given time before it is sent again", () => {
  const [box] = outbox();
  box.post("edit", 1);
  expect([box.rests(), box.rests()]).toEqual([false, true]);
});
