/** Random editing at both ends over a channel that loses and delays; the same for each seed. */

import {
  freeName,
  moved,
  toggled,
  withCondition,
  withEdge,
  withNode,
  without,
} from "../src/state/edits";
import { Editor } from "../src/state/editor";
import { type Edit, type ServerState, equal } from "../src/state/model";
import { closesLoop, refusal } from "../src/state/rules";
import { dice, graph, node } from "./build";
import { Server } from "./server";

/** What reached the server, in order: enough to replay it elsewhere. */
export type Step =
  | { readonly take: Edit }
  | { readonly field: readonly [string, string] }
  | { readonly rename: readonly [string, string] };

export interface Play {
  readonly editor: Editor;
  readonly server: Server;
  readonly steps: readonly Step[];
  /** How often the server's answer to our own edits was not what we had drawn. */
  readonly surprises: number;
}

export type Pick = (limit: number) => number;

export function editOnce(editor: Editor, pick: Pick): void {
  const { document } = editor;
  const names = Object.keys(document.nodes);
  const some = (): string => names[pick(names.length)] ?? "";
  const arrows = Object.keys(document.edges);
  const deeds = [
    () => editor.commit("add", withNode(document, freeName(document, "turn"), node("turn", [pick(90) * 10, 0]))),
    () => editor.commit("move", moved(document, new Map([[some(), [pick(90) * 10, pick(90) * 10]]]))),
    () => editor.commit("delete", without(document, [some()], [])),
    () => editor.commit("cut", without(document, [], [arrows[pick(arrows.length)] ?? ""])),
    () => editor.commit("condition", withCondition(document, arrows[pick(arrows.length)] ?? "", `x > ${pick(9)}`)),
    () => editor.commit("switch", toggled(document, [some()])),
    () => {
      const [source, target] = [some(), some()];
      const loop = closesLoop(document, source, target) ? { when: "again", max_visits: 2 } : undefined;
      if (!refusal(document, source, target)) editor.commit("connect", withEdge(document, source, target, loop));
    },
    () => editor.undo(),
    () => editor.undo(),
    () => editor.redo(),
  ];
  deeds[pick(deeds.length)]?.();
}

export function play(seed: number, rounds: number): Play {
  const pick = dice(seed);
  const server = new Server(graph("a -> b -> c", "d"));
  const editor = new Editor(server.show());
  const steps: Step[] = [];
  let out: Edit | undefined;
  let back: ServerState | undefined;
  editor.send = (edit) => (out = edit);
  const deliver = (): void => {
    if (out) {
      server.take(out);
      steps.push({ take: out });
    }
    out = undefined;
    back = server.show();
  };
  let surprises = 0;
  const receive = (state: ServerState): void => {
    const before = editor.document;
    const isOwn = state.server_revision === editor.sync.serverRevision;
    editor.receive(state);
    if (isOwn && !equal(before, editor.document)) surprises += 1;
  };
  const editServer = (): void => {
    const names = Object.keys(server.document.nodes);
    const name = names[pick(names.length)];
    if (!name) return;
    if (pick(3) === 0) {
      const fresh = freeName(server.document, `named_${pick(99)}x`);
      server.rename(name, fresh);
      steps.push({ rename: [name, fresh] });
    } else {
      const text = `text ${pick(1000)}`;
      server.setField(name, text);
      steps.push({ field: [name, text] });
    }
  };
  for (let round = 0; round < rounds; round += 1) {
    editOnce(editor, pick);
    if (pick(6) === 0) editServer();
    if (pick(8) === 0) out = undefined;
    if (pick(2) === 0) deliver();
    if (back && pick(2) === 0) receive(back);
  }
  receive(server.show());
  editor.resend();
  deliver();
  receive(server.show());
  return { editor, server, steps, surprises };
}
