/** What Streamlit calls: draws a prompt's field, or brings it what the server has. */

import { Editor, type Shown } from "./editor";
import { onceGone } from "./leaving";
import style from "./style.css";
import { type Letter, type Receipt, Sync } from "./sync";

interface Payload extends Shown {
  readonly text: string;
  readonly receipt: Receipt;
}

interface Component {
  readonly data: Payload;
  readonly parentElement: HTMLElement | ShadowRoot;
  readonly setTriggerValue: (name: string, value: Letter) => void;
}

interface Mount {
  readonly editor: Editor;
  readonly sync: Sync;
  tell: (letter: Letter) => void;
  readonly stop: () => void;
}

const PAUSE_MS = 400;
const AGAIN_MS = 3000;
const mounts = new WeakMap<Component["parentElement"], Mount>();

function mountOf({ data, parentElement, setTriggerValue }: Component): Mount {
  const sync = new Sync(crypto.getRandomValues(new Uint32Array(2)).join("-"), data.text);
  let timer = 0;
  const wait = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds) as unknown as number;
  };
  const send = (): void => {
    clearTimeout(timer);
    const letter = sync.letter();
    if (!letter) return;
    mount.tell(letter);
    // Streamlit may lose a letter: it is sent again until it is heard.
    wait(AGAIN_MS);
  };
  const editor = new Editor({
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
    sheet.remove();
    editor.root.remove();
  };
  const mount: Mount = { editor, sync, stop, tell: (letter) => setTriggerValue("letter", letter) };
  return mount;
}

export default function draw(component: Component): () => void {
  const { data, parentElement, setTriggerValue } = component;
  let mount = mounts.get(parentElement);
  if (!mount) mounts.set(parentElement, (mount = mountOf(component)));
  mount.tell = (letter) => setTriggerValue("letter", letter);
  mount.editor.show(data);
  if (mount.sync.receive(data.text, data.receipt)) mount.editor.write(data.text);
  const { stop } = mount;
  return onceGone(parentElement, () => {
    mounts.delete(parentElement);
    stop();
  });
}
