/** Asks when a new arrow back is taken and how often at most; without both it is not drawn. */

import { type ReactElement, useState } from "react";
import type { Menu } from "../state/desk";
import { ROUNDS_AT_FIRST } from "../state/edits";
import { faultOf } from "../state/condition";
import { Condition } from "./Condition";
import { usePlace } from "./context";

interface LoopMenuProps {
  readonly menu: Extract<Menu, { type: "loop" }>;
  readonly onDone: () => void;
}

export function LoopMenu({ menu, onDone }: LoopMenuProps): ReactElement {
  const { deeds } = usePlace();
  const { source, target } = menu;
  const [rounds, setRounds] = useState(ROUNDS_AT_FIRST);
  const draw = (when: string): void => {
    if (faultOf(when)) return;
    deeds.loop(source, target, { when: when.trim(), max_visits: rounds });
    onDone();
  };
  return (
    <div className="menu loop" role="dialog" aria-label="Arrow back">
      <h2>
        Back from <b>{source}</b> to <b>{target}</b>, when
      </h2>
      <Condition source={source} when="" isNeeded onDone={draw} onLeave={onDone}>
        {(when, isRight) => (
          <div className="loop-end">
            <label>
              at most
              <input
                type="number"
                min={1}
                max={1000}
                aria-label="Rounds at most"
                value={rounds}
                onChange={({ currentTarget }) =>
                  setRounds(Math.min(1000, Math.max(1, Math.round(currentTarget.valueAsNumber) || 1)))
                }
                onKeyDown={(event) => {
                  event.stopPropagation();
                  if (event.key === "Enter") draw(when);
                  if (event.key === "Escape") onDone();
                }}
              />
              times
            </label>
            <button type="button" className="draw" disabled={!isRight} onClick={() => draw(when)}>
              Draw
            </button>
          </div>
        )}
      </Condition>
    </div>
  );
}
