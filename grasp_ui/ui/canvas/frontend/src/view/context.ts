/** How components reach the desk and the deeds of the canvas they are in. */

import { createContext, useContext, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Deeds } from "../state/deeds";
import type { Desk } from "../state/desk";
import type { NodeView } from "../state/runs";
import type { Signal } from "../state/signal";

export interface Place {
  readonly desk: Desk;
  readonly deeds: Deeds;
}

export const PlaceContext = createContext<Place | null>(null);

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("A part of the canvas was drawn outside of it.");
  return place;
}

/** Draws the component again whenever the signal says something. */
export function useSignal(signal: Signal): number {
  return useSyncExternalStore(signal.subscribe, () => signal.version);
}

export function useNodeView(name: string): NodeView | undefined {
  const { runs } = usePlace().desk;
  return useSyncExternalStore(runs.subscribe, () => runs.node(name));
}

export function useTaken(edge: string): number {
  const { runs } = usePlace().desk;
  return useSyncExternalStore(runs.subscribe, () => runs.taken(edge));
}

/** The most rounds that a record went over an arrow. */
export function useRounds(edge: string): number {
  const { runs } = usePlace().desk;
  return useSyncExternalStore(runs.subscribe, () => runs.rounds(edge));
}

export function useIsLive(): boolean {
  const { runs } = usePlace().desk;
  return useSyncExternalStore(runs.subscribe, () => runs.isLive);
}

/** Whether an arrow is the only thing that is selected, so that its tools may show. */
export function useIsAlone(edge: string): boolean {
  const { editor } = usePlace().desk;
  return useSyncExternalStore(editor.subscribe, () => {
    const { nodes, edges } = editor.selected;
    return nodes.length === 0 && edges.length === 1 && edges[0] === edge;
  });
}

/** A value derived from the desk; the component is drawn again only when it changes. */
export function useDesk<T>(read: (desk: Desk) => T): T {
  const { desk } = usePlace();
  return useSyncExternalStore(desk.subscribe, () => read(desk));
}

type Deed = (...given: never[]) => unknown;

/** Functions that stay the same objects while a component is there, and do what `now` does. */
export function useStable<T extends Record<string, Deed>>(now: T): T {
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  const [stable] = useState(() => {
    const through = (name: string): Deed => (...given) => latest.current[name]?.(...given);
    return Object.fromEntries(Object.keys(now).map((name) => [name, through(name)])) as T;
  });
  return stable;
}
