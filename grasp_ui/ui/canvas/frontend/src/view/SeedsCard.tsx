/** The fixed card that stands for the seeds: rows come from here, it cannot be deleted. */

import { Handle, type NodeProps, Position } from "@xyflow/react";
import { type ReactElement, memo } from "react";
import type { SeedsNode } from "../state/flow";
import { Icon } from "./Icon";

export const SeedsCard = memo(function SeedsCard({ data }: NodeProps<SeedsNode>): ReactElement {
  const { kind, summary, columns } = data.seeds;
  return (
    <div className="card seeds">
      <header>
        <span className="tile plain">
          <Icon name="database" size={19} />
        </span>
        <div className="names">
          <strong>Seeds</strong>
          <span>{[kind, summary].filter(Boolean).join(" · ") || "No rows: records start empty"}</span>
        </div>
      </header>
      {columns.length > 0 && (
        <div className="body">
          <div className="chips">
            {columns.slice(0, 6).map((name) => (
              <code className="chip" key={name}>{`{${name}}`}</code>
            ))}
            {columns.length > 6 && <span className="chip">+{columns.length - 6}</span>}
          </div>
        </div>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});
