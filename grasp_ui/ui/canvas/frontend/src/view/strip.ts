/** How much of the time line is in sight: how wide it is drawn, zoomed and scrolled. */

import { type UIEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { mostZoom } from "../state/timeline";

/** What stands left of the bars, and the paddings of the chart, in pixels. */
const BESIDE = 62;
const WHEEL = 300;

export interface Strip {
  readonly ref: (chart: HTMLDivElement | null) => void;
  readonly zoom: number;
  readonly most: number;
  /** How wide all bars are drawn together. */
  readonly pixels: number;
  /** What is in sight, as shares of the whole. */
  readonly from: number;
  readonly shown: number;
  /** Zooms in or out where the middle is, or where `x` is from the left; by 0 shows everything. */
  readonly zoomBy: (factor: number, x?: number) => void;
  readonly onScroll: (event: UIEvent<HTMLDivElement>) => void;
}

export function useStrip(seconds: number, isOpen: boolean): Strip {
  const [chart, setChart] = useState<HTMLDivElement | null>(null);
  const [width, setWidth] = useState(1000);
  const [wished, setZoom] = useState(1);
  const [scrolled, setScrolled] = useState(0);
  /** The share of the whole that stays where it is, so many pixels from the left. */
  const anchor = useRef<readonly [share: number, x: number] | null>(null);
  const most = mostZoom(seconds);
  const zoom = Math.min(wished, most);

  const zoomBy = useCallback(
    (factor: number, x = width / 2): void => {
      if (chart) anchor.current = [(chart.scrollLeft + x) / (width * zoom), x];
      setZoom(factor ? Math.min(most, Math.max(1, zoom * factor)) : 1);
    },
    [chart, width, zoom, most],
  );

  useLayoutEffect(() => {
    if (!chart || !anchor.current) return;
    const [share, x] = anchor.current;
    anchor.current = null;
    chart.scrollLeft = share * width * zoom - x;
    setScrolled(chart.scrollLeft);
  }, [chart, width, zoom]);

  useEffect(() => {
    if (!chart || !isOpen) return;
    const seen = new ResizeObserver(() => setWidth(Math.max(200, chart.clientWidth - BESIDE)));
    seen.observe(chart);
    return () => seen.disconnect();
  }, [chart, isOpen]);

  useEffect(() => {
    if (!chart) return;
    // React listens passively to the wheel, and the browser would zoom the page.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / WHEEL), event.clientX - chart.getBoundingClientRect().left - BESIDE / 2);
    };
    chart.addEventListener("wheel", onWheel, { passive: false });
    return () => chart.removeEventListener("wheel", onWheel);
  }, [chart, zoomBy]);

  return {
    ref: setChart,
    zoom,
    most,
    pixels: width * zoom,
    from: scrolled / (width * zoom),
    shown: 1 / zoom,
    zoomBy,
    onScroll: ({ currentTarget }) => setScrolled(currentTarget.scrollLeft),
  };
}
