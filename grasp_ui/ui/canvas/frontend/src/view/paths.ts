/** The shapes of arrows: a soft curve forward, a way round below for an arrow back. */

import { Position, getBezierPath } from "@xyflow/react";

export interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

export interface Shape {
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const HEAD = 7;
const ROUND = 14;
const CLEAR = 28;
const STEP = 10;
const FARTHEST = 60;

/** Whether an arrow's end lies behind its start, so that a curve would cross the cards. */
export function isBack(sourceX: number, targetX: number): boolean {
  return targetX - HEAD < sourceX - 20;
}

/** The level at which an arrow back passes no card: between two rows, else below both ends. */
export function freeLevel(from: Box, to: Box, all: readonly Box[]): number {
  const isUp = from.top > to.bottom + CLEAR;
  const isDown = to.top > from.bottom + CLEAR;
  const start = isDown ? to.top - CLEAR : isUp ? from.top - CLEAR : Math.max(from.bottom, to.bottom) + CLEAR;
  const [left, right] = [to.left - CLEAR, from.right + CLEAR];
  const isFree = (level: number): boolean =>
    !all.some((box) => box.left < right && box.right > left && box.top - 8 < level && box.bottom + 8 > level);
  for (let step = 0; step < FARTHEST; step += 1) {
    const level = start + (isDown || isUp ? -step : step) * STEP;
    if (isFree(level)) return level;
  }
  return start;
}

export function shapeOf(ends: Ends, crossing: number): Shape {
  const targetX = ends.targetX - HEAD;
  if (isBack(ends.sourceX, ends.targetX)) return wayRound({ ...ends, targetX }, crossing);
  const [path, x, y] = getBezierPath({
    ...ends,
    targetX,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
    curvature: 0.32,
  });
  return { path, x, y };
}

function wayRound({ sourceX, sourceY, targetX, targetY }: Ends, crossing: number): Shape {
  const right = sourceX + 30;
  const left = targetX - 26;
  const down = sourceY < crossing ? 1 : -1;
  const back = targetY < crossing ? -1 : 1;
  const bend = (y: number): number => ROUND * y;
  const path = [
    `M ${sourceX} ${sourceY} H ${right - ROUND}`,
    `q ${ROUND} 0 ${ROUND} ${bend(down)} V ${crossing - bend(down)}`,
    `q 0 ${bend(down)} ${-ROUND} ${bend(down)} H ${left + ROUND}`,
    `q ${-ROUND} 0 ${-ROUND} ${bend(back)} V ${targetY - bend(back)}`,
    `q 0 ${bend(back)} ${ROUND} ${bend(back)} H ${targetX}`,
  ].join(" ");
  return { path, x: (left + right) / 2, y: crossing };
}

/** The triangle at an arrow's end, pointing right. */
export function headAt(x: number, y: number): string {
  return `M ${x - HEAD - 2} ${y - 5} L ${x} ${y} L ${x - HEAD - 2} ${y + 5} Z`;
}
