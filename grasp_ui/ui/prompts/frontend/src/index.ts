/** What Streamlit calls: draws a prompt's field, or brings it what the server has. */

import { Editor, type Shown } from "./editor";
import { onceGone } from "./leaving";
import style from "./style.css";
import { type Letter, type Receipt, Sync } from "./sync";
import { type Turn, Turning } from "./turning";

interface Payload extends Shown {
  readonly text: string;
  readonly receipt: Receipt;
  readonly turned: Receipt;
}

interface Component {
  readonly data: Payload;
  readonly parentElement: HTMLElement | ShadowRoot;
  readonly setTriggerValue: (name: string, value: Letter | Turn) => void;
}

interface Mount {
  readonly editor: Editor;
  readonly sync: Sync;
  readonly turning: Turning;
  tell: (name: string, value: Letter | Turn) => void;
  readonly stop: () => void;
}

const PAUSE_MS = 400;
const AGAIN_MS = 3000;
const mounts = new WeakMap<Component["parentElement"], Mount>();

function mountOf({ data, parentElement, setTriggerValue }: Component): Mount {
  const client = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const [sync, turning] = [new Sync(client, data.text), new Turning(client)];
  let timer = 0;
  const wait = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds) as unknown as number;
  };
  const send = (): void => {
    clearTimeout(timer);
    const letter = sync.letter();
    if (!letter) return;
    mount.tell("letter", letter);
    // Streamlit may lose a letter: it is sent again until it is heard.
    wait(AGAIN_MS);
  };
  let turns = 0;
  const turn = (): void => {
    clearTimeout(turns);
    if (!turning.unheard) return;
    mount.tell("turn", turning.unheard);
    turns = setTimeout(turn, AGAIN_MS) as unknown as number;
  };
  const editor = new Editor({
    stepped: (steps) => {
      turning.step(mount.editor.record, steps);
      turn();
    },
    chosen: (record) => {
      turning.ask(record);
      turn();
    },
    typed: (text) => {
      sync.type(text);
      wait(PAUSE_MS);
    },
    left: () => {
      if (sync.isUnsent) send();
    },
  });
  const sheet = document.createElement("style");
  sheet.textContent = style;
  parentElement.append(sheet, editor.root);
  editor.write(data.text);
  const stop = (): void => {
    if (sync.isUnsent) send();
    clearTimeout(timer);
    clearTimeout(turns);
    sheet.remove();
    editor.root.remove();
  };
  const mount: Mount = { editor, sync, turning, stop, tell: setTriggerValue };
  return mount;
}

export default function draw(component: Component): () => void {
  const { data, parentElement, setTriggerValue } = component;
  let mount = mounts.get(parentElement);
  if (!mount) mounts.set(parentElement, (mount = mountOf(component)));
  mount.tell = setTriggerValue;
  mount.turning.receive(data.turned);
  mount.editor.show(data);
  if (mount.sync.receive(data.text, data.receipt)) mount.editor.write(data.text);
  const { stop } = mount;
  return onceGone(parentElement, () => {
    mounts.delete(parentElement);
    stop();
  });
}
