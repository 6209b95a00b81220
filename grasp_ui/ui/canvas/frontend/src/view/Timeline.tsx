/** The strip below the graph: which record was at which node when. */

import { type CSSProperties, type KeyboardEvent, type ReactElement, useMemo } from "react";
import type { NodeState, RunView } from "../state/runs";
import { type Bar, type Row, chartOf, inSeconds, secondsOf, tickInWords } from "../state/timeline";
import { useDesk, usePlace, useSignal } from "./context";
import { Icon } from "./Icon";
import type { Hands } from "./keys";
import { LOOK } from "./Status";
import { type Strip, useStrip } from "./strip";

/** A tick later than this share of what is in sight has no room for its word. */
const LAST_TICK = 0.95;
const STEP = 2;

interface BarProps {
  readonly bar: Bar;
  readonly isFirst: boolean;
  readonly color: string;
  readonly onShow: (node: string) => void;
}

function percent(share: number): string {
  return `${Math.round(share * 1e7) / 1e5}%`;
}

/** Arrow keys walk through the bars: along a record, and to the record above or below. */
function walk(event: KeyboardEvent<HTMLElement>): boolean {
  const bar = (event.target as HTMLElement).closest<HTMLElement>(".span");
  const rows = [...event.currentTarget.querySelectorAll("li")];
  const row = rows.findIndex((one) => one.contains(bar));
  const mine = [...(rows[row]?.querySelectorAll<HTMLElement>(".span") ?? [])];
  const at = bar ? mine.indexOf(bar) : -1;
  const beside = (step: number): HTMLElement | undefined => {
    const found = [...(rows[row + step]?.querySelectorAll<HTMLElement>(".span") ?? [])];
    return found[Math.min(at, found.length - 1)];
  };
  const next = {
    ArrowLeft: () => mine[at - 1],
    ArrowRight: () => mine[at + 1],
    ArrowUp: () => beside(-1),
    ArrowDown: () => beside(1),
    Home: () => mine[0],
    End: () => mine.at(-1),
  }[event.key];
  if (!bar || !next) return false;
  next()?.focus();
  return true;
}

function Piece({ bar, isFirst, color, onShow }: BarProps): ReactElement {
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
    <button type="button" className="span" tabIndex={isFirst ? 0 : -1} data-node={bar.node} data-state={bar.state} title={told} aria-label={told} style={style} onClick={() => onShow(bar.node)}>
      {bar.state !== "done" && <Icon name={icon} size={12} />}
      <span>{bar.node}</span>
    </button>
  );
}

interface ChartProps {
  readonly run: RunView;
  readonly strip: Strip;
  readonly onShow: (node: string) => void;
}

function Chart({ run, strip, onShow }: ChartProps): ReactElement {
  const { editor } = usePlace().desk;
  const kinds = useDesk(({ shown }) => shown.kinds);
  const { pixels, from, shown, zoom } = strip;
  const chart = useMemo(() => chartOf(run.spans ?? [], pixels, { from, shown }), [run.spans, pixels, from, shown]);
  const colorOf = (node: string): string => kinds[editor.document.nodes[node]?.kind ?? ""]?.color ?? "";
  const last = (from + shown * LAST_TICK) * chart.seconds;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const factor = { "+": STEP, "=": STEP, "-": 1 / STEP, "0": 0 }[event.key];
    if (factor !== undefined && !event.ctrlKey && !event.metaKey) strip.zoomBy(factor);
    else if (!walk(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="chart" ref={strip.ref} onScroll={strip.onScroll} onKeyDown={onKeyDown} style={{ "--zoom": zoom } as CSSProperties}>
      <div className="scale" aria-hidden="true">
        {chart.ticks.filter((tick) => tick <= last).map((tick) => (
          <span key={tick} style={{ left: percent(tick / chart.seconds) }}>
            {tickInWords(tick, chart.step)}
          </span>
        ))}
      </div>
      <ol>
        {chart.rows.map(({ record, lanes, bars }: Row) => (
          <li key={record} aria-label={`Record ${record}`}>
            <span className="record">#{record}</span>
            <div className="track" style={{ "--lanes": lanes } as CSSProperties}>
              {bars.map((bar, index) => (
                <Piece key={index} bar={bar} isFirst={index === 0} color={colorOf(bar.node)} onShow={onShow} />
              ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Zoom({ strip }: { readonly strip: Strip }): ReactElement {
  const tool = (icon: string, label: string, factor: number, isOff: boolean): ReactElement => (
    <button type="button" className="tool" title={label} aria-label={label} disabled={isOff} onClick={() => strip.zoomBy(factor)}>
      <Icon name={icon} size={16} />
    </button>
  );
  const isWhole = strip.zoom <= 1;
  return (
    <div className="zooms" role="group" aria-label="Zoom of the time line">
      {tool("fit_screen", "Show the whole time line", 0, isWhole)}
      {tool("remove", "Zoom out of the time line", 1 / STEP, isWhole)}
      {tool("add", "Zoom into the time line", STEP, strip.zoom >= strip.most)}
    </div>
  );
}

export function Timeline({ hands }: { readonly hands: Hands }): ReactElement | null {
  const { desk, deeds } = usePlace();
  useSignal(desk.runs);
  const isOpen = useDesk(({ isTimed }) => isTimed);
  const run = desk.runs.view;
  const strip = useStrip(secondsOf(run?.spans ?? []), isOpen);
  if (!run || !run.spans?.length) return null;
  const show = (node: string): void => {
    deeds.select([node]);
    hands.sight.centre(node);
  };
  return (
    <section className="timeline" aria-label="Time line" data-open={isOpen}>
      <div className="bar">
        <button type="button" className="fold" aria-expanded={isOpen} onClick={() => desk.time(!isOpen)}>
          <Icon name="keyboard_arrow_down" size={18} />
          <span>Time line</span>
          <span className="sum">{inSeconds(secondsOf(run.spans))}</span>
        </button>
        {isOpen && <Zoom strip={strip} />}
      </div>
      {isOpen && <Chart run={run} strip={strip} onShow={show} />}
    </section>
  );
}
