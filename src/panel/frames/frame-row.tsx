import { memo, type CSSProperties } from "react";
import type { DeltaBasis, FrameRow } from "../../contract/rows.ts";
import type { ColumnId, TimeMode } from "../state/column-layout.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FrameCell, timeOf } from "./frame-cells.tsx";

interface FrameRowViewProps {
  readonly row: FrameRow;
  /** Its place among the rows shown, from 0. */
  readonly place: number;
  /** Pixels from the top of all rows. */
  readonly y: number;
  readonly isSelected: boolean;
  /** The one that the keyboard is at. */
  readonly isActive: boolean;
  /** Some rows of the table unfold. */
  readonly isInTree: boolean;
  readonly columns: readonly ColumnId[];
  readonly timeMode: TimeMode;
  readonly deltaOf: DeltaBasis;
  /** Characters of the message that can be on view. */
  readonly characters: number;
  /** Rows of several connections stand in the table. */
  readonly isMarked: boolean;
}

/** Where a row stands; by nothing but this, so that a row never moves in the layout. */
export const placed = (y: number): CSSProperties => ({ transform: `translateY(${y}px)` });

export const rowId = (place: number): string => `frame-at-${place}`;

/** One row of the table. */
export const FrameRowView = memo(function FrameRowView(props: FrameRowViewProps) {
  const { row, place, y, isSelected, isActive, isInTree, columns, timeMode, deltaOf, characters, isMarked } = props;
  const marked = columns.includes("number") ? "number" : "message";
  return (
    <div
      role="row"
      id={rowId(place)}
      className={classOf(row, place, isActive)}
      aria-rowindex={place + 2}
      aria-selected={isSelected}
      aria-level={isInTree ? (row.message === null ? 1 : 2) : undefined}
      aria-expanded={isInTree && row.messages > 0 ? row.isUnfolded : undefined}
      data-place={place}
      style={placed(y)}
    >
      {row.kind === "navigation" ? (
        <NavigationCell row={row} columns={columns.length} timeMode={timeMode} />
      ) : (
        columns.map((column, i) => (
          <FrameCell key={column} row={row} column={column} at={i + 1} timeMode={timeMode} deltaOf={deltaOf} characters={characters} hasMarks={column === marked} isMarked={isMarked} />
        ))
      )}
    </div>
  );
});

function classOf({ kind, direction, highlight, message }: FrameRow, place: number, isActive: boolean): string {
  const stripe = place % 2 === 0 ? " frame-even" : "";
  const colour = highlight === null ? "" : ` highlight-${highlight}`;
  const part = message === null ? "" : message.matches ? " frame-part" : " frame-part frame-unmatched";
  const way = direction === "sent" ? " frame-sent" : "";
  return `frame-row frame-${kind}${way}${part}${stripe}${colour}${isActive ? " frame-active" : ""}`;
}

interface NavigationCellProps {
  readonly row: FrameRow;
  readonly columns: number;
  readonly timeMode: TimeMode;
}

function NavigationCell({ row, columns, timeMode }: NavigationCellProps) {
  const { words, figures } = useSpeaker();
  return (
    <span role="gridcell" aria-colindex={1} aria-colspan={columns} className="cell-navigation" data-column="message">
      <span>{row.preview === "" ? words("table.navigation") : words("table.navigated", { url: row.preview })}</span>
      <time>{timeOf(row, timeMode, figures)}</time>
    </span>
  );
}
