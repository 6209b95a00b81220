/** How a node fares in a run: a word, an icon, counts, and the text as it arrives. */

import type { ReactElement } from "react";
import { type NodeState, type NodeView, doneOf } from "../state/runs";
import { Icon } from "./Icon";

export const LOOK: Readonly<Record<NodeState, readonly [icon: string, word: string]>> = {
  queued: ["schedule", "Queued"],
  running: ["progress_activity", "Running"],
  done: ["check_circle-fill", "Done"],
  failed: ["error-fill", "Failed"],
  skipped: ["do_not_disturb_on", "Skipped"],
  cached: ["bolt", "Cached"],
};

const TAIL = 220;

function countsOf(view: NodeView, records: number): string {
  const parts = [];
  const done = view.done ?? 0;
  if (done > 0 || view.state === "running") parts.push(doneOf(done, records));
  if (view.failed && view.state !== "failed") parts.push(`${view.failed} failed`);
  if (view.failed && view.state === "failed") parts.push(`${view.failed}×`);
  if ((view.seconds ?? 0) >= 0.05) parts.push(`${(view.seconds ?? 0).toFixed(1)} s`);
  return parts.join(" · ");
}

interface StatusProps {
  readonly view: NodeView;
  readonly records: number;
}

export function Status({ view, records }: StatusProps): ReactElement {
  const [icon, word] = LOOK[view.state] ?? LOOK.queued;
  const text = (view.text ?? "").trimEnd();
  const isArriving = view.state === "running" && text.length > TAIL;
  const tail = isArriving ? `…${text.slice(-TAIL)}` : text;
  return (
    <div className="status" data-state={view.state}>
      {view.state === "failed" && view.error && (
        <p className="why" title={view.error}>
          {view.error}
        </p>
      )}
      {tail && (view.state !== "failed" || !view.error) && (
        <div className="said">
          <span>{tail}</span>
        </div>
      )}
      <div className="state">
        <Icon name={icon} size={15} />
        <span>{word}</span>
        <span className="counts">{countsOf(view, records)}</span>
      </div>
    </div>
  );
}
