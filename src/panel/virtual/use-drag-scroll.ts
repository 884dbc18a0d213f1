import { useCallback, useEffect, useRef, type PointerEvent } from "react";
import type { RowScroller } from "./row-scroller.ts";

/** In the pixels of the page's view. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Rows that one painted frame scrolls at most, where the pointer is far outside. */
const MOST_ROWS = 20;

/**
 * Rows that are selected by dragging: where the pointer is held above or below what scrolls, that scrolls on, the faster the farther.
 * `dragged` is told of each place of the pointer, and of the same one again once other rows are below it.
 */
export function useDragScroll(scroller: RowScroller, rowHeight: number, dragged: (point: Point) => void): { readonly moved: (event: PointerEvent<HTMLElement>) => void; readonly ended: () => void } {
  const held = useRef<{ frame: number; point: Point; element: HTMLElement } | null>(null);
  const newest = useRef(dragged);
  useEffect(() => {
    newest.current = dragged;
  });

  const ended = useCallback(() => {
    if (held.current !== null) cancelAnimationFrame(held.current.frame);
    held.current = null;
  }, []);
  useEffect(() => ended, [ended]);

  function goOn(): void {
    const drag = held.current;
    if (drag === null) return;
    const { top, bottom } = drag.element.getBoundingClientRect();
    const outside = Math.min(0, drag.point.y - top) + Math.max(0, drag.point.y - bottom);
    if (outside === 0) return ended();
    const rows = Math.min(MOST_ROWS, Math.ceil(Math.abs(outside) / rowHeight));
    scroller.scrollToOffset(scroller.firstRow + Math.sign(outside) * rows, 0);
    newest.current(drag.point);
    drag.frame = requestAnimationFrame(goOn);
  }

  function moved({ clientX: x, clientY: y, currentTarget: element }: PointerEvent<HTMLElement>): void {
    newest.current({ x, y });
    const isHeld = held.current !== null;
    held.current = { frame: held.current?.frame ?? 0, point: { x, y }, element };
    if (!isHeld) held.current.frame = requestAnimationFrame(goOn);
  }

  return { moved, ended };
}
