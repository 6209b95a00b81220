/** The strip below the graph: which record was at which node when. */

import { type CSSProperties, type ReactElement, useMemo } from "react";
import type { NodeState, RunView } from "../state/runs";
import { type Bar, type Row, chartOf, inSeconds } from "../state/timeline";
import { useDesk, usePlace, useSignal } from "./context";
import { Icon } from "./Icon";
import type { Hands } from "./keys";
import { LOOK } from "./Status";

/** A tick later than this share of the whole has no room for its word. */
const LAST_TICK = 0.95;

interface BarProps {
  readonly bar: Bar;
  readonly color: string;
  readonly onShow: (node: string) => void;
}

function percent(share: number): string {
  return `${Math.round(share * 10000) / 100}%`;
}

function Piece({ bar, color, onShow }: BarProps): ReactElement {
  const [icon, word] = LOOK[bar.state as NodeState];
  const again = bar.visit > 1 ? ` · visit ${bar.visit}` : "";
  const told = `${bar.node} · ${word.toLowerCase()} · ${inSeconds(bar.seconds)}${again}`;
  const style = {
    "--kind": color || "var(--quiet)",
    "--lane": bar.lane,
    left: percent(bar.left),
    width: percent(bar.width),
  } as CSSProperties;
  return (
    <button type="button" className="span" data-node={bar.node} data-state={bar.state} title={told} aria-label={told} style={style} onClick={() => onShow(bar.node)}>
      {bar.state !== "done" && <Icon name={icon} size={12} />}
      <span>{bar.node}</span>
    </button>
  );
}

interface ChartProps {
  readonly run: RunView;
  readonly onShow: (node: string) => void;
}

function Chart({ run, onShow }: ChartProps): ReactElement {
  const { editor } = usePlace().desk;
  const kinds = useDesk(({ shown }) => shown.kinds);
  const chart = useMemo(() => chartOf(run.spans ?? []), [run.spans]);
  const colorOf = (node: string): string => kinds[editor.document.nodes[node]?.kind ?? ""]?.color ?? "";
  return (
    <div className="chart">
      <div className="scale" aria-hidden="true">
        {chart.ticks.filter((tick) => tick <= chart.seconds * LAST_TICK).map((tick) => (
          <span key={tick} style={{ left: percent(tick / chart.seconds) }}>
            {inSeconds(tick)}
          </span>
        ))}
      </div>
      <ol>
        {chart.rows.map(({ record, lanes, bars }: Row) => (
          <li key={record} aria-label={`Record ${record}`}>
            <span className="record">#{record}</span>
            <div className="track" style={{ "--lanes": lanes } as CSSProperties}>
              {bars.map((bar, index) => (
                <Piece key={index} bar={bar} color={colorOf(bar.node)} onShow={onShow} />
              ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

export function Timeline({ hands }: { readonly hands: Hands }): ReactElement | null {
  const { desk, deeds } = usePlace();
  useSignal(desk.runs);
  const isOpen = useDesk(({ isTimed }) => isTimed);
  const run = desk.runs.view;
  if (!run || !run.spans?.length) return null;
  const show = (node: string): void => {
    deeds.select([node]);
    hands.sight.centre(node);
  };
  return (
    <section className="timeline" aria-label="Time line" data-open={isOpen}>
      <button type="button" className="fold" aria-expanded={isOpen} onClick={() => desk.time(!isOpen)}>
        <Icon name="keyboard_arrow_down" size={18} />
        <span>Time line</span>
        <span className="sum">{inSeconds(chartOf(run.spans).seconds)}</span>
      </button>
      {isOpen && <Chart run={run} onShow={show} />}
    </section>
  );
}
