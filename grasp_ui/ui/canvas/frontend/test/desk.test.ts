import { expect, test } from "vitest";
import { Desk, type Shown } from "../src/state/desk";
import { Editor } from "../src/state/editor";
import { Outbox, type Parcel } from "../src/state/outbox";
import { Runs } from "../src/state/runs";
import { graph, shown } from "./build";

const NOTHING_WRONG: Shown = { kinds: {}, problems: [], seeds: { kind: "inline", summary: "", columns: [] }, saved: true };
const PROBLEM = { node: "a", edge: null, field: null, what: "Nothing writes 'mood'.", fix: "", severity: "error" } as const;
const UNFIT: Shown = { ...NOTHING_WRONG, problems: [PROBLEM] };

function desk(problems: Shown): [Desk, Parcel[]] {
  const [box, sent]: [Outbox, Parcel[]] = [new Outbox("tab"), []];
  box.send = (parcel) => sent.push(parcel);
  return [new Desk(new Editor(shown(graph("a"))), new Runs(), problems, box), sent];
}

test("a graph with problems is not run and its list opens", () => {
  const [unfit, sent] = desk(UNFIT);
  unfit.run();
  expect([unfit.asked, unfit.panel, sent]).toEqual([undefined, "problems", []]);
});

test("a run that was asked for before its problems were known is answered by their list", () => {
  const [spoilt, sent] = desk(NOTHING_WRONG);
  spoilt.run();
  expect([spoilt.asked, spoilt.panel, sent.length]).toEqual(["run", undefined, 1]);
  spoilt.show(UNFIT);
  expect([spoilt.asked, spoilt.panel]).toEqual([undefined, "problems"]);
});

test("problems that come without a wish to run open nothing", () => {
  const [spoilt] = desk(NOTHING_WRONG);
  spoilt.show(UNFIT);
  expect(spoilt.panel).toBeUndefined();
});
