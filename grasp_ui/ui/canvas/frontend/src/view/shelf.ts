/** Putting an entry of the palette onto the canvas: a kind at once, a block after its parameters. */

import { useCallback, useState } from "react";
import type { Origin, Point } from "../state/desk";
import type { Position } from "../state/model";
import type { Place } from "./context";

/** What is to be put where: `at` is on the screen, `place` in the graph. */
export interface Wish {
  readonly name: string;
  readonly at: Point;
  readonly place: Position;
  readonly from?: Origin;
}

/** Gives the name of the first node that was added; nothing while parameters are asked for. */
export type Put = (wish: Wish) => string | undefined;

interface Putting {
  readonly put: Put;
  /** The block whose parameters are asked for. */
  readonly asked: Wish | undefined;
  readonly answered: () => void;
}

export function usePut({ desk, deeds }: Place): Putting {
  const [asked, setAsked] = useState<Wish>();
  const put = useCallback(
    (wish: Wish): string | undefined => {
      const { name, place, from } = wish;
      const block = desk.shown.kinds[name]?.block;
      if (!block) return deeds.add(name, place, from);
      if (Object.keys(block.parameters).length === 0) return deeds.addBlock(name, {}, place, from);
      setAsked(wish);
      return undefined;
    },
    [desk, deeds],
  );
  const answered = useCallback(() => setAsked(undefined), []);
  return { put, asked, answered };
}
