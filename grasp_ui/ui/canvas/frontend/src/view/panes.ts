/** Going between the graph and the forms beside it without a mouse. */

import { useEffect } from "react";
import type { Desk } from "../state/desk";

/** Streamlit's container of the forms; the chooser above it has a class of the same name. */
const SIDE = ".st-key-design-side:not([data-testid='stButtonGroup'], :has(> [data-testid='stButtonGroup']))";
const NAME = "input[aria-label='Node']";
const FIELDS = "input, textarea, select, button, [tabindex='0']";
const PATIENCE_MS = 10000;
const LOOK_MS = 40;

function side(): HTMLElement | null {
  return document.querySelector<HTMLElement>(SIDE);
}

/** The field that has the node's name, once the page shows the form of `node`. */
function nameField(node: string): HTMLInputElement | undefined {
  const fields = side()?.querySelectorAll<HTMLInputElement>(NAME) ?? [];
  return [...fields].find(({ value }) => value === node);
}

function firstField(): HTMLElement | undefined {
  const fields = [...(side()?.querySelectorAll<HTMLElement>(FIELDS) ?? [])];
  return fields.find((field) => field.offsetParent !== null && !field.hasAttribute("disabled"));
}

/** Gives the keys to the form; a node's is waited for, as the page draws it a moment later. */
export function enterForm(node: string | undefined, began = performance.now()): void {
  const isLate = performance.now() - began > PATIENCE_MS;
  const field = node && !isLate ? nameField(node) : firstField();
  if (field) field.focus();
  else if (!isLate) setTimeout(() => enterForm(node, began), LOOK_MS);
}

/** F6 leads from the graph to the form of what is selected, and from anywhere to the graph. */
export function usePanes(desk: Desk, toGraph: () => void, isInGraph: () => boolean): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (isInGraph()) enterForm(desk.editor.selected.nodes[0]);
      else toGraph();
    };
    globalThis.addEventListener("keydown", hear, true);
    return () => globalThis.removeEventListener("keydown", hear, true);
  }, [desk, toGraph, isInGraph]);
}
