/** What opens over the graph: the list of problems and the list of shortcuts. */

import { type KeyboardEvent, type ReactElement, type RefObject, useEffect, useRef } from "react";
import type { Problem } from "../state/model";
import { usePlace } from "./context";
import { Icon } from "./Icon";
import { type Hands, SHORTCUTS } from "./keys";

/** How much of the ground the list covers at the right. */
const PANEL = 384;

function placeOf({ node, edge, field }: Problem): string {
  return [node ?? edge, field].filter(Boolean).join(" · ") || "Graph";
}

/** A list that has the keys from when it opens: arrow keys go through its buttons. */
function useList(): { readonly box: RefObject<HTMLElement | null>; readonly onKeyDown: (event: KeyboardEvent) => void } {
  const box = useRef<HTMLElement>(null);
  const buttons = (): HTMLButtonElement[] => [...(box.current?.querySelectorAll("button") ?? [])];
  useEffect(() => (buttons()[1] ?? buttons()[0])?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.stopPropagation();
    const all = buttons();
    if (all.length < 2) return;
    event.preventDefault();
    const at = all.findIndex((button) => button.matches(":focus"));
    all[(at + step + all.length) % all.length]?.focus();
  };
  return { box, onKeyDown };
}

export function ProblemList({ hands }: { readonly hands: Hands }): ReactElement {
  const { desk, deeds } = usePlace();
  const { box, onKeyDown } = useList();
  const show = ({ node, edge }: Problem): void => {
    const { nodes, edges } = desk.editor.document;
    const arrow = edge ? edges[edge] : undefined;
    if (node && node in nodes) {
      deeds.select([node]);
      hands.sight.centre(node, PANEL);
    } else if (edge && arrow) {
      deeds.select([], [edge]);
      hands.sight.centreArrow(arrow.source, arrow.target, PANEL);
    }
  };
  return (
    <section className="panel" aria-label="Problems" ref={box} onKeyDown={onKeyDown}>
      <header>
        <h2>Problems</h2>
        <button type="button" className="tool" aria-label="Close" onClick={() => desk.close()}>
          <Icon name="close" />
        </button>
      </header>
      <div className="rows">
        {desk.shown.problems.map((problem, index) => (
          <button type="button" key={index} data-severity={problem.severity} onClick={() => show(problem)}>
            <Icon name={problem.severity === "warning" ? "warning" : "error"} size={18} />
            <span>
              <b>{placeOf(problem)}</b>
              <span>{problem.what}</span>
              {problem.fix && <em>{problem.fix}</em>}
            </span>
          </button>
        ))}
        {desk.shown.problems.length === 0 && <p className="none">Nothing stops this graph.</p>}
      </div>
    </section>
  );
}

const GROUPS = ["Add", "Edit", "Move", "View and run"] as const;

export function ShortcutList(): ReactElement {
  const { desk } = usePlace();
  const { box, onKeyDown } = useList();
  return (
    <section className="panel shortcuts" aria-label="Shortcuts" ref={box} onKeyDown={onKeyDown}>
      <header>
        <h2>Shortcuts</h2>
        <button type="button" className="tool" aria-label="Close" onClick={() => desk.close()}>
          <Icon name="close" />
        </button>
      </header>
      <div className="columns">
        {GROUPS.map((group) => (
          <div key={group}>
            <h3>{group}</h3>
            <dl>
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}
