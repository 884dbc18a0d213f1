import { useCallback, useEffect, useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent, type RefObject } from "react";
import { takeKey } from "../controls/take-key.ts";
import { useElementWidth } from "../controls/use-element-width.ts";
import { formatCount } from "../figures/figures.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { FRAME_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { FrameRowView, rowId } from "./frame-row.tsx";
import "./frames.css";

interface FramesGridProps {
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

/** Monospaced characters are no narrower than this, so a preview cut by it still fills its column. */
const NARROWEST_CHARACTER = 5.5;

/** `999,999`: the column of numbers is wide enough for most logs from the start. */
const LEAST_NUMBER_LENGTH = 7;

const COLUMNS = [
  { name: "#", className: "cell-number" },
  { name: "Direction", className: "cell-direction" },
  { name: "Time", className: "cell-time" },
  { name: "Δ ms", className: "cell-delta" },
  { name: "Type", className: "cell-type" },
  { name: "Message", className: "cell-message" },
  { name: "Size", className: "cell-size" },
  { name: "Latency", className: "cell-latency" },
] as const;

/** The table of frames. */
export function FramesGrid({ gridRef }: FramesGridProps) {
  const session = useSession();
  const count = useSelected(session.frames, (state) => state.count);
  const range = useSelected(session.frames, (state) => state.range);
  const following = useSelected(session.frames, (state) => state.following);
  const place = useSelected(session.selection, (state) => state.place);
  const frame = useSelected(session.selection, (state) => state.frame);
  const reveal = useSelected(session.selection, (state) => state.reveal);
  const { from, to, slots, screen, scroller, height, y, setElement } = useVirtualRows({
    count,
    rowHeight: FRAME_ROW,
    headHeight: FRAME_ROW,
    following,
    onScroll: (isAtEnd) => session.frames.setFollowing(isAtEnd),
  });

  const messageColumn = useRef<HTMLDivElement>(null);
  const columns = Math.ceil(useElementWidth(messageColumn) / NARROWEST_CHARACTER) + 1;

  useLayoutEffect(() => session.frames.show(from, to), [session, from, to]);
  useEffect(() => {
    if (reveal > 0 && place !== null) scroller.scrollToRow(place);
    // Only a wish to reveal scrolls; a place that changes otherwise does not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [scroller, reveal]);

  function selectAt(event: MouseEvent): void {
    const target = (event.target as Element).closest<HTMLElement>("[data-place]");
    const at = Number(target?.dataset["place"]);
    const row = target === null ? undefined : session.frames.at(at);
    if (row === undefined || event.button !== 0) return;
    // Who looks at one row does not want it to run away.
    session.frames.setFollowing(false);
    session.selection.select(row, at);
    session.inspector.open();
  }

  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = place ?? (event.key === "ArrowUp" ? Math.min(count, scroller.firstRow + screen) : scroller.firstRow - 1);
    if (event.key === "ArrowDown") session.selection.goTo(now + 1);
    else if (event.key === "ArrowUp") session.selection.goTo(now - 1);
    else if (event.key === "PageDown") session.selection.goTo(now + Math.max(1, screen - 2));
    else if (event.key === "PageUp") session.selection.goTo(now - Math.max(1, screen - 2));
    else if (event.key === "Home") session.selection.goTo(0);
    else if (event.key === "End") session.selection.goTo(session.frames.rows - 1);
    else if (event.key === "Enter" && (place !== null || frame !== null)) session.inspector.open();
    else if (event.key === "Escape") session.inspector.close();
    else return;
    takeKey(event);
  }

  const drawn = [];
  for (let at = from; at < to; at++) {
    const row = range?.items[at - range.from];
    drawn.push(
      row === undefined ? (
        <div key={at % slots} className="frame-row" role="presentation" />
      ) : (
        <FrameRowView
          key={at % slots}
          row={row}
          place={at}
          isSelected={row.index === frame}
          columns={columns}
        />
      ),
    );
  }

  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      gridRef.current = element;
      setElement(element);
    },
    [gridRef, setElement],
  );

  return (
    <div
      ref={attach}
      className="frames-grid"
      role="grid"
      aria-label="Frames"
      aria-rowcount={count + 1}
      aria-colcount={COLUMNS.length}
      aria-activedescendant={place !== null && place >= from && place < to ? rowId(place) : undefined}
      tabIndex={0}
      style={{ "--number-length": Math.max(LEAST_NUMBER_LENGTH, formatCount(count).length) } as object}
      onKeyDown={pressed}
      onPointerDown={selectAt}
      onClick={selectAt}
    >
      <div role="rowgroup" className="frames-head">
        <div role="row" aria-rowindex={1} className="frame-row">
          {COLUMNS.map(({ name, className }, i) => (
            <div
              key={name}
              ref={name === "Message" ? messageColumn : undefined}
              role="columnheader"
              aria-colindex={i + 1}
              className={className}
            >
              {name === "Direction" ? <span className="spoken">{name}</span> : name}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="frames-spacer" style={{ height }}>
        <div role="presentation" className="frames-rows" style={{ transform: `translateY(${y}px)` }}>
          {drawn}
        </div>
      </div>
    </div>
  );
}
