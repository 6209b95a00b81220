/** What Streamlit calls: draws a canvas, or brings a run's news to one (the pump). */

import { type Root, createRoot } from "react-dom/client";
import flowStyle from "@xyflow/react/dist/base.css";
import { Desk, type Shown } from "./state/desk";
import { onceGone } from "./state/leaving";
import { editorOf, memory, outboxOf, runsOf } from "./state/memory";
import type { Document, Edit, ServerState, Seeds } from "./state/model";
import type { Receipt } from "./state/outbox";
import type { RunView } from "./state/runs";
import arrowStyle from "./styles/arrow.css";
import cardStyle from "./styles/card.css";
import compareStyle from "./styles/compare.css";
import frameStyle from "./styles/frame.css";
import menuStyle from "./styles/menu.css";
import noteStyle from "./styles/note.css";
import paletteStyle from "./styles/palette.css";
import statusStyle from "./styles/status.css";
import themeStyle from "./styles/theme.css";
import timelineStyle from "./styles/timeline.css";
import { Canvas } from "./view/Canvas";

interface CanvasPayload extends Omit<ServerState, "document">, Omit<Shown, "seeds"> {
  readonly pump?: undefined;
  readonly canvas: string;
  readonly document: Document & { readonly seeds: Seeds };
  readonly receipt: Receipt;
  readonly run: RunView | null;
  readonly height: number | "fill";
  readonly chosen?: Chosen;
}

/** Nodes that the server asks to select, once for each number. */
interface Chosen {
  readonly number?: number;
  readonly nodes?: readonly string[];
}

interface PumpPayload {
  readonly pump: true;
  readonly canvas: string;
  readonly run: RunView | null;
}

interface Component {
  readonly data: CanvasPayload | PumpPayload;
  readonly parentElement: HTMLElement | ShadowRoot;
  readonly setTriggerValue: (name: string, value: unknown) => void;
}

interface Mount {
  readonly root: Root;
  readonly desk: Desk;
  readonly host: HTMLElement;
  readonly stop: () => void;
  height: number | "fill";
  chosen: number;
  run: RunView | null;
}

const LEAST = 460;
const GAP = 20;
/** How long a dialog of the page takes to close and let go of the focus. */
const CLOSING_MS = 300;
const mounts = new WeakMap<Component["parentElement"], Mount>();
const STYLE = [
  themeStyle,
  flowStyle,
  frameStyle,
  paletteStyle,
  noteStyle,
  cardStyle,
  statusStyle,
  timelineStyle,
  arrowStyle,
  compareStyle,
  menuStyle,
].join("\n");

/** Keys that React Flow must hear on the page: it follows them while they are held. */
const HELD = new Set(["Shift", "Control", "Meta", "Alt", " "]);

/** Page-wide hotkeys (Streamlit's rerun and clear cache) must not hear what is typed here. */
function keepKeys(host: HTMLElement): void {
  host.addEventListener("keydown", (event) => {
    if (!HELD.has(event.key)) event.stopPropagation();
  });
}

function fitHeight({ host, height }: Mount): void {
  const top = host.getBoundingClientRect().top + (host.closest("section")?.scrollTop ?? 0);
  const room = Math.max(LEAST, globalThis.innerHeight - Math.max(0, top) - GAP);
  host.style.height = `${height === "fill" ? room : height}px`;
}

function shownOf(payload: CanvasPayload): Shown {
  const { kinds, problems, document, saved, marks = null, models = {}, pinned = [] } = payload;
  return { kinds, problems, seeds: document.seeds, saved, marks, models, pinned };
}

function mountOf({ data, parentElement }: Component, payload: CanvasPayload): Mount {
  const style = document.createElement("style");
  style.textContent = STYLE;
  const host = document.createElement("div");
  host.className = "grasp-canvas";
  parentElement.append(style, host);
  const editor = editorOf(data.canvas, payload);
  const desk = new Desk(editor, runsOf(data.canvas), shownOf(payload), outboxOf(data.canvas));
  const root = createRoot(host);
  keepKeys(host);
  const onResize = (): void => fitHeight(mount);
  globalThis.addEventListener("resize", onResize);
  const stop = (): void => {
    globalThis.removeEventListener("resize", onResize);
    root.unmount();
    style.remove();
    host.remove();
  };
  const mount: Mount = { root, desk, host, stop, height: payload.height, chosen: payload.chosen?.number ?? 0, run: null };
  memory.mounts += 1;
  root.render(<Canvas desk={desk} />);
  return mount;
}

/** Selects what the server asks for; the keys come back to the graph once its dialog has closed. */
function choose(mount: Mount, { number = 0, nodes = [] }: Chosen): void {
  if (number <= mount.chosen) return;
  mount.chosen = number;
  mount.desk.editor.select({ nodes, edges: [] });
  setTimeout(() => {
    const isLost = document.activeElement === document.body;
    if (isLost) mount.host.querySelector<HTMLElement>(".ground")?.focus({ preventScroll: true });
  }, CLOSING_MS);
}

/** Takes in what the server shows now; the canvas is drawn anew only where it differs. */
function update(mount: Mount, payload: CanvasPayload, tell: Component["setTriggerValue"]): void {
  const { desk } = mount;
  desk.outbox.send = (parcel) => tell("parcel", parcel);
  desk.outbox.confirm(payload.receipt);
  desk.editor.send = (edit: Edit) => desk.outbox.post("edit", edit);
  mount.height = payload.height;
  fitHeight(mount);
  if (!desk.editor.receive(payload)) return;
  desk.show(shownOf(payload));
  choose(mount, payload.chosen ?? {});
  desk.runs.set(payload.run);
}

export default function draw(component: Component): () => void {
  const { data, parentElement, setTriggerValue } = component;
  if (data.pump) {
    runsOf(data.canvas).set(data.run);
    return () => {};
  }
  let mount = mounts.get(parentElement);
  if (!mount) mounts.set(parentElement, (mount = mountOf(component, data)));
  update(mount, data, setTriggerValue);
  const { stop } = mount;
  return onceGone(parentElement, () => {
    mounts.delete(parentElement);
    stop();
  });
}
