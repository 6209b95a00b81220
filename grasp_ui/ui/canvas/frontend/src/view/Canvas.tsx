/** One canvas: bar, palette, graph, and what opens over them. */

import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactElement,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Deeds } from "../state/deeds";
import type { Desk, Menu, Origin, Point } from "../state/desk";
import type { FlowEdge, FlowNode } from "../state/flow";
import { type Position, SEEDS } from "../state/model";
import { APART, CARD, type Size } from "../state/sizes";
import { AddMenu } from "./AddMenu";
import { BLOCK_MENU, BlockMenu } from "./BlockMenu";
import { PlaceContext, useSignal } from "./context";
import { useClipboard } from "./clipboard";
import { FindMenu } from "./FindMenu";
import { ItemMenu } from "./ItemMenu";
import { type Hands, isTyping, press } from "./keys";
import { LoopMenu } from "./LoopMenu";
import { Palette } from "./Palette";
import { usePanes } from "./panes";
import { ProblemList, ShortcutList } from "./Panels";
import { usePut } from "./shelf";
import { type Flow, Sight } from "./sight";
import { Stage } from "./Stage";
import { Timeline } from "./Timeline";
import { Toolbar } from "./Toolbar";

const NARROW = 1000;
const MENU: Size = { width: 312, height: 380 };
const SIZES: Readonly<Record<Menu["type"], Size>> = {
  add: MENU,
  find: MENU,
  loop: { width: 290, height: 300 },
  node: { width: 190, height: 170 },
  edge: { width: 190, height: 170 },
};
const TELL_AGAIN_MS = 6000;
/** A selection that goes on changing (a box that is drawn) is told once it has rested so long. */
const SELECT_MS = 80;

/** Tells the server what is selected: a click at once, what follows it when it has come to rest. */
function useTellSelection(desk: Desk): void {
  useSignal(desk.editor);
  const { document, selected } = desk.editor;
  const nodes = selected.nodes.filter((name) => name in document.nodes);
  const edges = selected.edges.filter((id) => id in document.edges);
  const message = JSON.stringify({ nodes, edges, seeds: selected.nodes.includes(SEEDS) });
  const changed = useRef(0);
  useEffect(() => {
    desk.editor.told ??= message;
    if (message === desk.editor.told) return undefined;
    const hasRested = performance.now() - changed.current > 2 * SELECT_MS;
    changed.current = performance.now();
    const tell = (): void => {
      desk.editor.told = message;
      desk.outbox.post("select", JSON.parse(message));
    };
    const timer = setTimeout(tell, hasRested ? 0 : SELECT_MS);
    return () => clearTimeout(timer);
  }, [desk, message]);
}

/** Says again what the server did not acknowledge. */
function useTellAgain(desk: Desk): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!desk.outbox.rests()) return;
      if (desk.editor.sync.isSettled) desk.outbox.flush();
      else desk.editor.resend();
    }, TELL_AGAIN_MS);
    return () => clearInterval(timer);
  }, [desk]);
}

/** Gives the keys back to the graph when what had them was closed. */
function useFocusBack(desk: Desk, focus: () => void): void {
  const isOpen = Boolean(desk.menu ?? desk.panel ?? desk.labelled);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    const isLost = !document.activeElement || document.activeElement === document.body;
    if (wasOpen.current && !isOpen && isLost) focus();
    wasOpen.current = isOpen;
  }, [isOpen, focus]);
}

function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(1200);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

/** Where a menu of this size fits near a point, relative to the canvas. */
function besides({ x, y }: Point, box: HTMLElement | null, size: Size): CSSProperties {
  const frame = box?.getBoundingClientRect();
  if (!frame) return {};
  return {
    left: Math.max(8, Math.min(x - frame.left, frame.width - size.width - 8)),
    top: Math.max(8, Math.min(y - frame.top, frame.height - size.height - 8)),
  };
}

function Inner({ desk }: { readonly desk: Desk }): ReactElement {
  const flow = useReactFlow<FlowNode, FlowEdge>() as Flow;
  const box = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [wish, setWish] = useState<boolean | undefined>();
  const isOpen = wish ?? width > NARROW;
  const letTab = useRef(false);
  useSignal(desk);
  useTellSelection(desk);
  useTellAgain(desk);

  const deeds = useMemo(() => {
    const sizeOf = (name: string): Size => {
      const { width: wide = CARD.width, height = CARD.height } = flow.getInternalNode(name)?.measured ?? {};
      return { width: wide, height };
    };
    return new Deeds(desk, sizeOf);
  }, [desk, flow]);
  const place = useMemo(() => ({ desk, deeds }), [desk, deeds]);
  const { put, asked, answered } = usePut(place);
  const [sight, setSight] = useState<Sight>();
  useEffect(() => {
    if (ground.current) setSight(new Sight(flow, ground.current));
  }, [flow]);

  const focus = useCallback((): void => ground.current?.focus({ preventScroll: true }), []);
  const isInGraph = useCallback((): boolean => Boolean(ground.current?.matches(":focus-within")), []);
  useFocusBack(desk, focus);
  usePanes(desk, focus, isInGraph);
  const done = (): void => {
    desk.close();
    focus();
  };
  const openAdd = useCallback(
    (x: number, y: number, at: Position, from?: Origin): void =>
      desk.openMenu({ type: "add", at: { x, y }, place: at, ...(from ? { from } : {}) }),
    [desk],
  );
  const inMiddle = (): Point => {
    const { left = 0, top = 0, width: wide = 0, height = 0 } = ground.current?.getBoundingClientRect() ?? {};
    return { x: left + (wide - MENU.width) / 2, y: top + Math.max(20, (height - MENU.height) / 3) };
  };
  const openAddByKey = (): void => {
    if (!sight) return;
    const [name] = desk.editor.selected.nodes;
    const node = name && name !== SEEDS ? flow.getInternalNode(name) : undefined;
    const { x, y } = inMiddle();
    if (!node) return openAdd(x, y, sight.middle());
    const { x: left, y: top } = node.position;
    openAdd(x, y, [left + CARD.width + APART, top], { node: node.id, end: "source" });
  };
  const openFind = (): void => desk.openMenu({ type: "find", at: inMiddle() });
  const hands: Hands | undefined = sight && { desk, deeds, sight, openAdd: openAddByKey, openFind };
  useClipboard(ground, hands);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!hands || isTyping(event.nativeEvent)) return;
    const isTab = event.key === "Tab";
    const isFree = letTab.current || (isTab && event.target !== ground.current && !isCard(event.target));
    letTab.current = event.key === "Escape" && !desk.menu && !desk.panel;
    if (isTab && isFree) return;
    if (!press(event.nativeEvent, hands)) return;
    event.preventDefault();
    if (["Delete", "Backspace"].includes(event.key)) focus();
  };
  const { menu, panel } = desk;
  const isEmpty = Object.keys(desk.editor.document.nodes).length === 0;
  return (
    <PlaceContext.Provider value={place}>
      <div className="canvas" ref={box} data-testid="grasp-canvas" data-revision={desk.editor.sync.revision} data-acknowledged={desk.editor.sync.acknowledged}>
        <button type="button" className="skip" onClick={focus}>
          Go to the graph
        </button>
        {hands && <Toolbar hands={hands} />}
        <div className="work">
          {!desk.editor.isStill && (
            <Palette
              isOpen={isOpen}
              onToggle={() => setWish(!isOpen)}
              onAdd={(name) => {
                if (!sight) return;
                const added = put({ name, at: inMiddle(), place: sight.middle() });
                if (added === undefined) return;
                setTimeout(() => sight.reveal(added), 60);
                focus();
              }}
            />
          )}
          {/* The graph listens for keys as one application; inside it focus is managed here. */}
          <div className="ground" ref={ground} role="application" aria-label="Graph canvas" tabIndex={0} onKeyDown={onKeyDown}>
            {sight && <Stage sight={sight} openAdd={openAdd} put={put} />}
            {isEmpty && !desk.editor.isStill && (
              <div className="empty">
                <strong>Add a first node</strong>
                <span>Double click here, press N, or choose one at the left.</span>
              </div>
            )}
            {hands && panel === "problems" && <ProblemList hands={hands} />}
            {panel === "shortcuts" && <ShortcutList />}
            {desk.notice && (
              <div className="notice" role="status">
                {desk.notice}
              </div>
            )}
          </div>
        </div>
        {hands && <Timeline hands={hands} />}
        {asked && (
          <BlockMenu wish={asked} style={besides(asked.at, box.current, BLOCK_MENU)} onDone={() => { answered(); focus(); }} />
        )}
        {menu && <div className="veil" onPointerDown={done} onContextMenu={(event) => event.preventDefault()} />}
        {menu && (
          <div className="floating" style={besides(menu.at, box.current, SIZES[menu.type])}>
            {menu.type === "add" && <AddMenu menu={menu} put={put} onDone={done} />}
            {menu.type === "find" && sight && <FindMenu sight={sight} onDone={done} />}
            {menu.type === "loop" && <LoopMenu menu={menu} onDone={done} />}
            {(menu.type === "node" || menu.type === "edge") && <ItemMenu menu={menu} onDone={done} />}
          </div>
        )}
      </div>
    </PlaceContext.Provider>
  );
}

function isCard(target: EventTarget): boolean {
  return target instanceof Element && target.classList.contains("react-flow__node");
}

export function Canvas({ desk }: { readonly desk: Desk }): ReactElement {
  return (
    <ReactFlowProvider>
      <Inner desk={desk} />
    </ReactFlowProvider>
  );
}
