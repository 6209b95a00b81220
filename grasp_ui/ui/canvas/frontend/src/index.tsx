/** What Streamlit calls: draws a canvas, or brings a run's news to one (the pump). */

import { type Root, createRoot } from "react-dom/client";
import flowStyle from "@xyflow/react/dist/base.css";
import { Desk, type Shown } from "./state/desk";
import { onceGone } from "./state/leaving";
import { editorOf, memory, outboxOf, runsOf } from "./state/memory";
import { type Document, type Edit, type ServerState, type Seeds, equal } from "./state/model";
import type { Receipt } from "./state/outbox";
import type { RunView } from "./state/runs";
import { type Compared, stillDesk } from "./state/still";
import arrowStyle from "./styles/arrow.css";
import askingStyle from "./styles/asking.css";
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
  readonly compared?: Compared | null;
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
  readonly style: HTMLElement;
  readonly stop: () => void;
  /** Where on the page it stands: Streamlit may draw the place anew, the canvas moves along. */
  place: Component["parentElement"] | undefined;
  /** Whether the keys are with it; stays so while the page takes its place away. */
  hasKeys: boolean;
  height: number | "fill";
  chosen: number;
  /** What is looked at in place of the drawing. */
  compared: Compared | null;
}

const LEAST = 460;
const GAP = 20;
/** How long a dialog of the page takes to close and let go of the focus. */
const CLOSING_MS = 300;
/** How long a canvas waits for a new place after the page took its old one away. */
const HOMELESS_MS = 400;
const mounts = new Map<string, Mount>();
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
  askingStyle,
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

function followKeys(mount: Mount): void {
  const { host } = mount;
  host.addEventListener("focusin", () => (mount.hasKeys = true));
  host.addEventListener("focusout", () =>
    queueMicrotask(() => {
      if (host.isConnected) mount.hasKeys = host.matches(":focus-within");
    }),
  );
}

/** Puts the canvas into the place that the page has for it; what is drawn, and the keys, stay. */
function settle(mount: Mount, place: Component["parentElement"]): void {
  if (mount.place === place) return;
  const hadKeys = mount.hasKeys;
  mount.place = place;
  place.append(mount.style, mount.host);
  if (hadKeys) mount.host.querySelector<HTMLElement>(".ground")?.focus({ preventScroll: true });
}

function mountOf(payload: CanvasPayload): Mount {
  const style = document.createElement("style");
  style.textContent = STYLE;
  const host = document.createElement("div");
  host.className = "grasp-canvas";
  const { canvas, height } = payload;
  const editor = editorOf(canvas, payload);
  const desk = new Desk(editor, runsOf(canvas), shownOf(payload), outboxOf(canvas));
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
  const chosen = payload.chosen?.number ?? 0;
  const mount: Mount = { root, desk, host, style, stop, height, chosen, place: undefined, hasKeys: false, compared: null };
  followKeys(mount);
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

/** Shows two kept versions in place of the drawing, or the drawing again; its undo and view stay. */
function compare(mount: Mount, { compared = null, kinds }: CanvasPayload): void {
  if (equal(compared, mount.compared)) return;
  mount.compared = compared;
  // The button that leads back goes with its bar: the keys stay with the graph.
  if (mount.hasKeys) setTimeout(() => mount.host.querySelector<HTMLElement>(".ground")?.focus({ preventScroll: true }), CLOSING_MS);
  if (!compared) return mount.root.render(<Canvas desk={mount.desk} />);
  const still = stillDesk(compared, kinds);
  still.back = () => mount.desk.order("drawing");
  mount.root.render(<Canvas key={compared.words} desk={still} />);
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
  compare(mount, payload);
  choose(mount, payload.chosen ?? {});
  desk.runs.set(payload.run);
}

/** Takes a canvas down whose place has gone, unless it gets another one soon. */
function leave(canvas: string, place: Component["parentElement"]): void {
  setTimeout(() => {
    const mount = mounts.get(canvas);
    if (mount?.place !== place || place.isConnected) return;
    mounts.delete(canvas);
    mount.stop();
  }, HOMELESS_MS);
}

export default function draw(component: Component): () => void {
  const { data, parentElement, setTriggerValue } = component;
  if (data.pump) {
    runsOf(data.canvas).set(data.run);
    return () => {};
  }
  let mount = mounts.get(data.canvas);
  if (!mount) mounts.set(data.canvas, (mount = mountOf(data)));
  settle(mount, parentElement);
  update(mount, data, setTriggerValue);
  return onceGone(parentElement, () => leave(data.canvas, parentElement));
}
