/** What a sticky note says: plain text, size and colour, whatever stands in its fields. */

import type { Fields, Position } from "./model";

export const COLORS = ["yellow", "blue", "green", "pink", "gray"] as const;
export type Color = (typeof COLORS)[number];

export interface Note {
  readonly text: string;
  readonly size: Position;
  readonly color: Color;
}

export const LEAST: Position = [120, 60];
export const FRESH = { text: "", size: [240, 160], color: "yellow" } as const;

function isSize(value: unknown): value is Position {
  return Array.isArray(value) && value.length === 2 && value.every((one) => Number.isFinite(one));
}

export function noteOf({ text, size, color }: Fields): Note {
  return {
    text: typeof text === "string" ? text : "",
    size: isSize(size) ? size : FRESH.size,
    color: COLORS.find((one) => one === color) ?? FRESH.color,
  };
}
