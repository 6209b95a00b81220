/** Every shortcut once: what the keyboard does and what the list of shortcuts says. */

import { nextArrow } from "../state/arrows";
import type { Deeds } from "../state/deeds";
import type { Desk } from "../state/desk";
import { SEEDS, isNote } from "../state/model";
import { neighbour } from "../state/neighbours";
import { placed } from "../state/layout";
import { enterForm } from "./panes";
import type { Sight } from "./sight";

export interface Hands {
  readonly desk: Desk;
  readonly deeds: Deeds;
  readonly sight: Sight;
  readonly openAdd: () => void;
  readonly openFind: () => void;
}

export interface Shortcut {
  readonly group: "Add" | "Edit" | "Move" | "View and run";
  readonly keys: readonly string[];
  readonly does: string;
  /** Where it is heard, if not by the canvas's own keys. */
  readonly by?: "mouse" | "clipboard" | "page";
  readonly matches: Match;
  readonly act: (hands: Hands, event: KeyboardEvent) => void;
}

type Match = (event: KeyboardEvent) => boolean;

/** What is not heard by the canvas's own keys is listed here all the same. */
const elsewhere = (by: NonNullable<Shortcut["by"]>): Pick<Shortcut, "by" | "matches" | "act"> => ({
  by,
  matches: () => false,
  act: () => {},
});

const held = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;
const plain = (...keys: string[]): Match => {
  return (event) => !held(event) && !event.altKey && keys.includes(event.key.toLowerCase());
};
const control = (...keys: string[]): Match => {
  return (event) => held(event) && !event.shiftKey && keys.includes(event.key.toLowerCase());
};
const shifted = (key: string): Match => {
  return (event) => held(event) && event.shiftKey && event.key.toLowerCase() === key;
};
const arrow: Match = (event) => event.key.startsWith("Arrow");

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function nudge({ desk, deeds, sight }: Hands, event: KeyboardEvent): void {
  const [dx, dy] = STEPS[event.key] ?? [0, 0];
  const chosen = desk.editor.selected.nodes.filter((name) => name !== SEEDS);
  if (chosen.length === 0) step({ desk, deeds, sight }, event);
  else deeds.nudge(dx * (event.shiftKey ? 50 : 10), dy * (event.shiftKey ? 50 : 10));
}

function step({ desk, deeds, sight }: Omit<Hands, "openAdd" | "openFind">, event: KeyboardEvent): void {
  const [dx, dy] = STEPS[event.key] ?? [0, 0];
  const [from] = desk.editor.selected.nodes;
  const next = neighbour(placed(desk.editor.document), from, dx, dy);
  if (!next) return;
  deeds.select([next]);
  sight.reveal(next);
}

function travel({ desk }: Hands, way: "undo" | "redo"): void {
  if (!desk.editor[way]()) desk.say(`Nothing to ${way}.`);
}

/** Buttons inside the graph have their own Enter. */
const onGround: Match = (event) => {
  const [target] = event.composedPath();
  return (target as Partial<Element> | undefined)?.tagName !== "BUTTON";
};

function edit({ desk, deeds }: Hands): void {
  const { nodes, edges } = desk.editor.selected;
  const [first] = nodes;
  if (first && (isNote(first) || deeds.holds(first))) deeds.open(first);
  else if (nodes.length === 0 && edges.length === 1) desk.openLabel(edges[0]);
  else enterForm(first);
}

function followArrow({ desk, deeds }: Hands): void {
  const next = nextArrow(desk.editor.document, desk.editor.selected);
  if (next) deeds.select([], [next]);
  else desk.say("No arrow here yet.");
}

function leave({ desk, deeds }: Hands): void {
  if (!desk.close()) deeds.select([]);
}

export const SHORTCUTS: readonly Shortcut[] = [
  { group: "Add", keys: ["Tab", "N"], does: "Add or connect (after the selected node)", matches: (e) => plain("tab", "n")(e) && !e.shiftKey, act: (h) => h.openAdd() },
  { group: "Add", keys: ["Double click"], does: "Add a node there", ...elsewhere("mouse") },
  { group: "Add", keys: ["Drag from a dot"], does: "Connect, or add what comes next", ...elsewhere("mouse") },
  { group: "Edit", keys: ["Double click an arrow"], does: "Write its condition", ...elsewhere("mouse") },
  { group: "Edit", keys: ["Enter"], does: "Edit what is selected: form, condition, note, graph inside", matches: (e) => plain("enter")(e) && onGround(e), act: edit },
  { group: "Edit", keys: ["Ctrl", "Z"], does: "Undo", matches: control("z"), act: (h) => travel(h, "undo") },
  { group: "Edit", keys: ["Ctrl", "Y"], does: "Redo", matches: (e) => control("y")(e) || shifted("z")(e), act: (h) => travel(h, "redo") },
  { group: "Edit", keys: ["Delete"], does: "Delete what is selected", matches: plain("delete", "backspace"), act: (h) => h.deeds.remove() },
  { group: "Edit", keys: ["Ctrl", "C"], does: "Copy", ...elsewhere("clipboard") },
  { group: "Edit", keys: ["Ctrl", "X"], does: "Cut", ...elsewhere("clipboard") },
  { group: "Edit", keys: ["Ctrl", "V"], does: "Paste, also in another graph", ...elsewhere("clipboard") },
  { group: "Edit", keys: ["Ctrl", "D"], does: "Duplicate", matches: control("d"), act: (h) => h.deeds.duplicate() },
  { group: "Edit", keys: ["Ctrl", "G"], does: "Group into a subgraph", matches: control("g"), act: (h) => h.deeds.group() },
  { group: "Edit", keys: ["Ctrl", "Shift", "G"], does: "Ungroup a subgraph", matches: shifted("g"), act: (h) => h.deeds.ungroup() },
  { group: "Edit", keys: ["D"], does: "Switch nodes off or on", matches: plain("d"), act: (h) => h.deeds.toggle() },
  { group: "Move", keys: ["Arrow keys"], does: "Move what is selected (Shift: further)", matches: (e) => arrow(e) && !held(e), act: nudge },
  { group: "Move", keys: ["Ctrl", "Arrow keys"], does: "Go to the next node that way", matches: (e) => arrow(e) && held(e), act: step },
  { group: "Move", keys: ["A"], does: "Go to the next arrow of the node", matches: plain("a"), act: followArrow },
  { group: "Move", keys: ["F6"], does: "Go to the form, and back to the graph", ...elsewhere("page") },
  { group: "Move", keys: ["Ctrl", "A"], does: "Select everything", matches: control("a"), act: (h) => h.deeds.selectAll() },
  { group: "Move", keys: ["Ctrl", "Click"], does: "Select one more, or one less", ...elsewhere("mouse") },
  { group: "Move", keys: ["Shift", "Drag"], does: "Select with a box", ...elsewhere("mouse") },
  { group: "Move", keys: ["Esc"], does: "Close, or select nothing; then Tab leaves the canvas", matches: plain("escape"), act: leave },
  { group: "View and run", keys: ["Ctrl", "K"], does: "Find a node", matches: control("k"), act: (h) => h.openFind() },
  { group: "View and run", keys: ["F"], does: "Fit everything", matches: plain("f"), act: (h) => h.sight.fit() },
  { group: "View and run", keys: ["L"], does: "Tidy up", matches: plain("l"), act: (h) => { h.deeds.tidy(); setTimeout(() => h.sight.fit(), 40); } },
  { group: "View and run", keys: ["+", "−"], does: "Zoom", matches: plain("+", "=", "-"), act: (h, e) => (e.key === "-" ? h.sight.zoomOut() : h.sight.zoomIn()) },
  { group: "View and run", keys: ["Ctrl", "Enter"], does: "Run a sample", matches: control("enter"), act: (h) => h.desk.run() },
  { group: "View and run", keys: ["Ctrl", "S"], does: "Save the graph's file", matches: control("s"), act: (h) => h.desk.order("save") },
  { group: "View and run", keys: ["P"], does: "The list of problems", matches: plain("p"), act: (h) => h.desk.toggle("problems") },
  { group: "View and run", keys: ["?"], does: "This list", matches: plain("?"), act: (h) => h.desk.toggle("shortcuts") },
];

/** Whether someone is typing, so that keys are letters and not shortcuts. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Does what the key stands for; true if it stood for something. */
export function press(event: KeyboardEvent, hands: Hands): boolean {
  const shortcut = SHORTCUTS.find(({ matches }) => matches(event));
  shortcut?.act(hands, event);
  return Boolean(shortcut);
}
