import { observeElementRect, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useReducer, useState } from "react";
import { whenIdle } from "../first-rows.ts";
import { RowScroller } from "./row-scroller.ts";

export interface VirtualRowsOptions {
  readonly count: number;
  readonly rowHeight: number;
  /** The height of what stays on view above the rows, inside the element that scrolls. */
  readonly headHeight?: number;
  /** Keep the last row at the lower edge while rows are added. */
  readonly following?: boolean;
  /** A row that is on view stays there where the list gets lower. */
  readonly keptRow?: number | null;
  /** The user scrolled; not called for scrolling that the view itself did. */
  readonly onScroll?: (isAtEnd: boolean) => void;
}

export interface VirtualRows {
  /** For the element that scrolls. */
  readonly setElement: (element: HTMLDivElement | null) => void;
  /** The height of the element inside it. */
  readonly height: number;
  /** Rows to draw: `from` up to `to`, the first of them `y` pixels down that element. */
  readonly from: number;
  readonly to: number;
  readonly y: number;
  /** Rows that fit on view, and the height of the view in pixels; 0 before the first layout. */
  readonly screen: number;
  readonly viewport: number;
  /** Constant for a size of the pane and never under `to - from`: `row % slots` as key lets React use elements again. */
  readonly slots: number;
  readonly scroller: RowScroller;
}

type List = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** Rows drawn beyond those on view, once there is time. */
const OVERSCAN = 6;

/**
 * Rows of one height, drawn only where they are on view.
 *
 * react-virtual lays out every row that it is told of, again whenever their number changes: 10 ms at a million rows,
 * sixty times a second. So it is told of a bounded window of rows around the place on view, and `RowScroller` maps
 * between that window, the rows' own pixels and an element that Chrome does not cut (see scroll-map.ts).
 */
export function useVirtualRows({
  count,
  rowHeight,
  headHeight = 0,
  following = false,
  keptRow = null,
  onScroll,
}: VirtualRowsOptions): VirtualRows {
  const [scroller] = useState(() => new RowScroller(rowHeight));
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [overscan, setOverscan] = useState(0);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  /** Rows that there were when the scrollbar was taken hold of. */
  const [heldAt, setHeldAt] = useState<number | null>(null);

  const rows = heldAt === null ? count : Math.min(heldAt, count);
  scroller.follow(rows, following);
  // oxlint-disable-next-line react/incompatible-library -- it warns the React Compiler, which is not used here
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: scroller.windowLength,
    getScrollElement: () => element,
    estimateSize: () => rowHeight,
    overscan,
    observeElementRect: (list: List, report) =>
      observeElementRect(list, ({ width, height }) => {
        const viewport = Math.max(0, height - headHeight);
        report({ width, height: viewport });
        scroller.resized(viewport);
      }),
    observeElementOffset: (_: List, report) => scroller.observe(report, redraw),
    // Scrolling is the scroller's alone: what react-virtual takes for the scroll position is a place in the window.
    scrollToFn: () => undefined,
  });
  virtualizer.scrollOffset = scroller.windowOffset;
  const viewport = virtualizer.scrollRect?.height ?? 0;

  const items = virtualizer.getVirtualItems();
  const from = scroller.windowStart + (items[0]?.index ?? 0);
  const to = from + items.length;
  const screen = Math.ceil(viewport / rowHeight);

  useLayoutEffect(() => {
    scroller.onScroll = onScroll;
  }, [scroller, onScroll]);
  useLayoutEffect(() => {
    scroller.keptRow = keptRow;
  }, [scroller, keptRow]);
  useLayoutEffect(() => scroller.holding((isHeld) => setHeldAt(isHeld ? rows : null)), [scroller, rows]);
  useLayoutEffect(() => scroller.attach(element), [scroller, element]);
  useLayoutEffect(() => scroller.commit());
  useEffect(() => whenIdle(() => setOverscan(OVERSCAN)), []);

  return {
    setElement,
    height: scroller.height,
    from,
    to,
    y: scroller.yOf(from),
    screen,
    viewport,
    slots: screen + 2 * OVERSCAN + 2,
    scroller,
  };
}
