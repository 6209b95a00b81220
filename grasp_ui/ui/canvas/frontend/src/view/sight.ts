/** Where the view looks: fitting everything, showing one node, the middle of the screen. */

import { type ReactFlowInstance, type Rect, getViewportForBounds } from "@xyflow/react";
import type { FlowEdge, FlowNode } from "../state/flow";
import type { Position } from "../state/model";

export type Flow = ReactFlowInstance<FlowNode, FlowEdge>;

/** The minimap's corner: fit keeps nodes out of it. */
export const MAP = { width: 152, height: 96, margin: 12, from: 8 };
// More than the 40 px from which React Flow moves the view while an arrow is drawn.
const MARGIN = 52;
const LARGEST = 1;
export const SMALLEST = 0.02;
const READABLE = 0.56;
const LEAST_READABLE = 0.4;

export function motion(): number {
  return globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 240;
}

export class Sight {
  constructor(
    private readonly flow: Flow,
    private readonly stage: HTMLElement,
  ) {}

  /** Shows all nodes, none of them under the minimap. */
  fit(duration = motion()): void {
    const nodes = this.flow.getNodes();
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (nodes.length === 0 || width === 0) return;
    const bounds = this.flow.getNodesBounds(nodes);
    const hasMap = nodes.length >= MAP.from;
    const beside = { right: hasMap ? MAP.width + MAP.margin * 2 : MARGIN, bottom: MARGIN };
    const above = { right: MARGIN, bottom: hasMap ? MAP.height + MAP.margin * 2 : MARGIN };
    const [best] = [beside, above]
      .map((room) => viewOf(bounds, width, height, room))
      .toSorted((a, b) => b.zoom - a.zoom);
    if (best) void this.flow.setViewport(best, { duration });
  }

  /** Shows everything, or where it starts if all of it would be too small; no card under the map. */
  open(): void {
    this.fit(0);
    const { zoom } = this.flow.getViewport();
    const nodes = this.flow.getNodes();
    if (zoom >= READABLE || nodes.length === 0) return;
    const { x, y, height } = this.flow.getNodesBounds(nodes);
    const room = this.stage.clientHeight - (nodes.length >= MAP.from ? MAP.height + MAP.margin * 2 : MARGIN);
    const readable = Math.min(READABLE, (room - MARGIN) / height);
    if (readable < LEAST_READABLE) return;
    const top = Math.max(MARGIN, (room - height * readable) / 2);
    void this.flow.setViewport({ x: MARGIN - x * readable, y: top - y * readable, zoom: readable });
  }

  /** Moves the view as little as needed to see a node. */
  reveal(id: string): void {
    const node = this.flow.getInternalNode(id);
    if (!node) return;
    const { x: left, y: top, zoom } = this.flow.getViewport();
    const { x, y } = node.internals.positionAbsolute;
    const { width = 232, height = 120 } = node.measured;
    const shift = (start: number, size: number, room: number): number =>
      start < MARGIN ? MARGIN - start : Math.min(0, room - MARGIN - start - size);
    const dx = shift(x * zoom + left, width * zoom, this.stage.clientWidth);
    const dy = shift(y * zoom + top, height * zoom, this.stage.clientHeight);
    if (dx || dy) void this.flow.setViewport({ x: left + dx, y: top + dy, zoom }, { duration: motion() });
  }

  /** Brings a node to the middle of what is free; `covered` pixels at the right are not. */
  centre(id: string, covered = 0): void {
    const middle = this.middleOf(id);
    if (middle) this.lookAt(middle, covered);
  }

  /** Brings the middle of an arrow between two nodes to the middle. */
  centreArrow(source: string, target: string, covered = 0): void {
    const [from, to] = [this.middleOf(source), this.middleOf(target)];
    if (from && to) this.lookAt([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], covered);
  }

  private middleOf(id: string): Position | undefined {
    const node = this.flow.getInternalNode(id);
    if (!node) return undefined;
    const { x, y } = node.internals.positionAbsolute;
    const { width = 232, height = 120 } = node.measured;
    return [x + width / 2, y + height / 2];
  }

  private lookAt([x, y]: Position, covered: number): void {
    const zoom = Math.max(this.flow.getZoom(), 0.8);
    void this.flow.setCenter(x + covered / 2 / zoom, y, { zoom, duration: motion() });
  }

  /** The canvas place at a point of the screen, not on the grid yet: what is put there snaps once. */
  placeAt(x: number, y: number): Position {
    const point = this.flow.screenToFlowPosition({ x, y }, { snapToGrid: false });
    return [point.x, point.y];
  }

  /** Whether a place of the canvas is on the screen. */
  isSeen([x, y]: Position): boolean {
    const { x: left, y: top, zoom } = this.flow.getViewport();
    const [across, down] = [x * zoom + left, y * zoom + top];
    const { clientWidth: width, clientHeight: height } = this.stage;
    return across >= 0 && down >= 0 && across < width - MARGIN && down < height - MARGIN;
  }

  /** The place for a card in the middle of what is seen. */
  middle(): Position {
    const box = this.stage.getBoundingClientRect();
    const [x, y] = this.placeAt(box.left + box.width / 2, box.top + box.height / 2);
    return [x - 116, y - 60];
  }

  zoomIn(): void {
    void this.flow.zoomIn({ duration: motion() });
  }

  zoomOut(): void {
    void this.flow.zoomOut({ duration: motion() });
  }
}

function viewOf(
  bounds: Rect,
  width: number,
  height: number,
  room: { right: number; bottom: number },
): { x: number; y: number; zoom: number } {
  const padding = {
    top: `${MARGIN}px`,
    left: `${MARGIN}px`,
    right: `${room.right}px`,
    bottom: `${room.bottom}px`,
  } as const;
  return getViewportForBounds(bounds, width, height, SMALLEST, LARGEST, padding);
}
