import { useCallback, useEffect, useLayoutEffect, useMemo, type CSSProperties, type RefObject } from "react";
import type { FrameRow } from "../../contract/rows.ts";
import { useElementWidth } from "../controls/use-element-width.ts";
import { layOutColumns } from "../state/column-layout.ts";
import { standsFor } from "../state/frames-store.ts";
import { countPlaces, hasPlace } from "../state/place-ranges.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FRAME_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { FrameRowView, placed, rowId } from "./frame-row.tsx";
import { FramesHead } from "./frames-head.tsx";
import { useFrameKeys } from "./use-frame-keys.ts";
import { useFramePointer } from "./use-frame-pointer.ts";
import "./frames.css";

interface FramesGridProps {
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

/** Monospaced characters are no narrower than this, so a preview cut by it still fills its column. */
const NARROWEST_CHARACTER = 5.5;

/** `999,999`: the column of numbers is wide enough for most logs from the start. */
const LEAST_NUMBER_LENGTH = 7;

/** The find bar covers this many pixels of the rows below the head (find.css). */
const FIND_BAR = 40;

/** The table of frames. */
export function FramesGrid({ gridRef }: FramesGridProps) {
  const session = useSession();
  const { words, figures } = useSpeaker();
  const { count, range, following, asked } = useSelected(session.frames, (state) => state);
  const isOfBefore = useSelected(session.scope, (state) => state.asked !== asked);
  const { place, frame, message, reveal, revealAt, ranges } = useSelected(session.selection, (state) => state);
  const layout = useSelected(session.columns, (state) => state);
  const holdsSeveral = useCount((changed) => changed.unfoldable > 0, false);
  const hasSeveral = useCount((changed) => changed.connections.all > 1, false);
  const isMarked = useSelected(session.scope, (state) => state.connection === null) && hasSeveral;
  const wish = useSelected(session.place, (state) => state.wish);
  const { from, to, screen, scroller, height, setElement } = useVirtualRows({
    count,
    rowHeight: FRAME_ROW,
    headHeight: FRAME_ROW,
    following,
    keptRow: place,
    onScroll: (isAtEnd) => {
      session.place.moved();
      if (isAtEnd) session.followEnd();
      else session.frames.setFollowing(false);
    },
  });
  const width = useElementWidth(gridRef);
  const numberLength = Math.max(LEAST_NUMBER_LENGTH, figures.count(count).length);
  const columns = useMemo(() => layOutColumns(layout, width, numberLength), [layout, width, numberLength]);
  const characters = Math.ceil(columns.messageWidth / NARROWEST_CHARACTER) + 1;
  const keys = useFrameKeys({ count, screen, firstRow: () => scroller.firstRow });
  const pointer = useFramePointer();

  const { endRow } = scroller;
  useLayoutEffect(() => session.frames.show(from, to, endRow), [session, from, to, endRow]);
  useEffect(() => {
    if (reveal === 0 || place === null) return;
    if (revealAt === "middle") scroller.scrollToMiddle(place, FIND_BAR);
    else scroller.scrollToRow(place);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a wish to reveal scrolls; a place that changes otherwise does not
  }, [scroller, reveal]);
  useEffect(
    () =>
      session.place.drawnBy({
        firstRow: () => scroller.firstRow + (scroller.offsetOf(scroller.firstRow) < 0 ? 1 : 0),
        offsetOf: (row) => (scroller.isOnView(row) ? scroller.offsetOf(row) : null),
      }),
    [session, scroller],
  );
  useLayoutEffect(() => {
    if (wish === null) return;
    if (wish.offset === null) scroller.scrollToMiddle(wish.place, 0);
    else scroller.scrollToOffset(wish.place, wish.offset);
    if (wish.isAmongOthers) scroller.scrollToRow(wish.place, true);
  }, [scroller, wish]);

  const rowAt = (at: number): FrameRow | undefined => range?.items[at - range.from];
  // One that is left of several may be another than the one looked at, which was the last to be picked no longer.
  const isMany = countPlaces(ranges) !== 1 || (place !== null && !hasPlace(ranges, place));
  const isLookedAt = (row: FrameRow): boolean => standsFor(row, frame, message);
  const drawn = [];
  for (let at = from; at < to; at++) {
    const row = rowAt(at);
    const y = scroller.yOf(at);
    drawn.push(
      row === undefined ? (
        <div key={at} className="frame-row" role="presentation" style={placed(y)} />
      ) : (
        <FrameRowView
          key={at}
          row={row}
          place={at}
          y={y}
          // A single frame stays selected where its place is not known yet.
          isSelected={isMany ? hasPlace(ranges, at) || (ranges.length === 0 && isLookedAt(row)) : isLookedAt(row)}
          isInTree={holdsSeveral}
          isActive={at === place}
          columns={columns.ids}
          timeMode={layout.time}
          deltaOf={layout.deltaOf}
          characters={characters}
          isMarked={isMarked}
        />
      ),
    );
  }

  const focusRows = useCallback(() => gridRef.current?.focus(), [gridRef]);
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
      // Rows that unfold have a level, which only a tree grid can have.
      role={holdsSeveral ? "treegrid" : "grid"}
      aria-label={words("table.name")}
      // The rows of what was asked for before stay until there are others.
      aria-busy={isOfBefore}
      aria-multiselectable
      aria-rowcount={count + 1}
      // The last is the button of the columns' menu.
      aria-colcount={columns.ids.length + 1}
      aria-activedescendant={place !== null && place >= from && place < to && rowAt(place) !== undefined ? rowId(place) : undefined}
      tabIndex={0}
      style={{ "--columns": columns.template } as CSSProperties}
      onKeyDown={keys}
      {...pointer}
    >
      <div role="rowgroup" className="frames-head">
        <FramesHead columns={columns.ids} layout={layout} numberLength={numberLength} onLeave={focusRows} />
      </div>
      <div role="rowgroup" className="frames-spacer" style={{ height }}>
        <div role="presentation" className="frames-rows">
          {drawn}
        </div>
      </div>
    </div>
  );
}
