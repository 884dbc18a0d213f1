import { useEffect, useState, type RefObject } from "react";
import { useElementWidth } from "../controls/use-element-width.ts";

/** Line numbers, paddings and the scrollbar. */
const BESIDE_TEXT = 50 + 8 + 16;
const FEWEST = 20;
const SETTLED_AFTER = 120;

/** How many characters of raw text fit on a line of the pane. Given once a drag of its edge rests. */
export function useLineColumns(pane: RefObject<HTMLElement | null>): number {
  const width = useElementWidth(pane);
  const [columns, setColumns] = useState(0);
  const isFirst = columns === 0;
  useEffect(() => {
    if (width === 0) return undefined;
    const measure = (): void =>
      setColumns(Math.max(FEWEST, Math.floor(((pane.current?.clientWidth ?? width) - BESIDE_TEXT) / characterWidth())));
    if (isFirst) {
      // A pane that is just opened has its width once its group is laid out.
      const frame = requestAnimationFrame(measure);
      return () => cancelAnimationFrame(frame);
    }
    const waiting = setTimeout(measure, SETTLED_AFTER);
    return () => clearTimeout(waiting);
  }, [pane, width, isFirst]);
  return columns;
}

let measured: { readonly font: string; readonly width: number } | undefined;

/** The width of one character of the monospaced font, as the browser lays it out. */
export function characterWidth(): number {
  const style = getComputedStyle(document.documentElement);
  const font = `${style.getPropertyValue("--size")} ${style.getPropertyValue("--mono")}`;
  // What measures is dear to make, and every pane of bytes asks.
  if (measured?.font === font) return measured.width;
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (context === null) return 7;
  context.font = font;
  measured = { font, width: context.measureText("0".repeat(100)).width / 100 };
  return measured.width;
}
