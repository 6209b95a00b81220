/** How large cards are, and how far they stand apart. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const CARD: Size = { width: 232, height: 170 };
/** The room between neighbours, across and along the arrows. */
export const GAP = 40;
export const APART = 68;
