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

const HEAD = 7;
const ROUND = 14;

export function shapeOf(ends: Ends, below: number): Shape {
  const targetX = ends.targetX - HEAD;
  if (targetX < ends.sourceX - 20) return wayRound(ends, below);
  const [path, x, y] = getBezierPath({
    ...ends,
    targetX,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
    curvature: 0.32,
  });
  return { path, x, y };
}

function wayRound({ sourceX, sourceY, targetX, targetY }: Ends, below: number): Shape {
  const right = sourceX + 30;
  const left = targetX - HEAD - 30;
  const path = [
    `M ${sourceX} ${sourceY} H ${right - ROUND}`,
    `q ${ROUND} 0 ${ROUND} ${ROUND} V ${below - ROUND}`,
    `q 0 ${ROUND} ${-ROUND} ${ROUND} H ${left + ROUND}`,
    `q ${-ROUND} 0 ${-ROUND} ${-ROUND} V ${targetY + ROUND}`,
    `q 0 ${-ROUND} ${ROUND} ${-ROUND} H ${targetX - HEAD}`,
  ].join(" ");
  return { path, x: (left + right) / 2, y: below };
}

/** The triangle at an arrow's end, pointing right. */
export function headAt(x: number, y: number): string {
  return `M ${x - HEAD - 2} ${y - 5} L ${x} ${y} L ${x - HEAD - 2} ${y + 5} Z`;
}
