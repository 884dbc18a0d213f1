import { memo } from "react";
import type { FrameRow } from "../../engine/contract.ts";
import { formatBytes, formatCount, formatDelta, formatLatency, formatTime } from "../figures/figures.ts";
import { PreviewText } from "../preview/preview-text.tsx";

interface FrameRowViewProps {
  readonly row: FrameRow;
  /** Its place among the rows shown, from 0. */
  readonly place: number;
  readonly isSelected: boolean;
  /** Characters of the message that can be on view. */
  readonly columns: number;
}

export const rowId = (place: number): string => `frame-at-${place}`;

/** One row of the table. */
export const FrameRowView = memo(function FrameRowView({ row, place, isSelected, columns }: FrameRowViewProps) {
  const stripe = place % 2 === 0 ? " frame-even" : "";
  return (
    <div
      role="row"
      id={rowId(place)}
      className={`frame-row frame-${row.kind}${stripe}`}
      aria-rowindex={place + 2}
      aria-selected={isSelected}
      data-place={place}
    >
      {row.kind === "navigation" ? <NavigationCell row={row} /> : <Cells row={row} columns={columns} />}
    </div>
  );
});

function Cells({ row, columns }: { readonly row: FrameRow; readonly columns: number }) {
  const { kind, direction, time, delta, label, messageKind, marks, size, pair } = row;
  const isUnreported = kind === "message" && size === null;
  // What cannot be on view is not drawn. Events are set in another font, and are short.
  const preview = kind === "message" ? row.preview.slice(0, columns) : row.preview;
  return (
    <>
      <span role="gridcell" aria-colindex={1} className="cell-number">
        {formatCount(row.index + 1)}
      </span>
      <span role="gridcell" aria-colindex={2} aria-label={direction ?? kind} className={`cell-direction ${direction ?? ""}`}>
        {direction === null ? SIGNS[kind] : ARROWS[direction]}
      </span>
      <span role="gridcell" aria-colindex={3} className="cell-time">
        {time === null ? "" : formatTime(time)}
      </span>
      <span role="gridcell" aria-colindex={4} className="cell-delta">
        {delta === null ? "" : formatDelta(delta)}
      </span>
      <span role="gridcell" aria-colindex={5} className="cell-type">
        <span className={messageKind === null ? "frame-label" : `frame-label label-${messageKind}`}>{label}</span>
      </span>
      <span role="gridcell" aria-colindex={6} className="cell-message">
        {isUnreported ? <i>{preview}</i> : <PreviewText text={preview} marks={marks} />}
      </span>
      {isUnreported ? (
        <span role="gridcell" aria-colindex={7} className="cell-size" title={UNREPORTED}>
          unknown
        </span>
      ) : (
        <span role="gridcell" aria-colindex={7} className="cell-size">
          {size === null ? "" : formatBytes(size)}
        </span>
      )}
      <span role="gridcell" aria-colindex={8} className="cell-latency">
        {pair !== null && describeLatency(pair)}
      </span>
    </>
  );
}

/** An arrow goes out from a request to its answer. */
function describeLatency({ role, latency }: NonNullable<FrameRow["pair"]>): string {
  const text = latency === null ? "…" : formatLatency(latency);
  return role === "request" ? `→ ${text}` : text;
}

function NavigationCell({ row }: { readonly row: FrameRow }) {
  return (
    <span role="gridcell" aria-colindex={1} aria-colspan={8} className="cell-navigation">
      <span>{row.preview === "" ? "Navigation" : `Navigated to ${row.preview}`}</span>
      {row.time !== null && <time>{formatTime(row.time)}</time>}
    </span>
  );
}

const ARROWS = { sent: "↑", received: "↓" } as const;
const SIGNS = { message: "", error: "✕", open: "○", close: "●", navigation: "", pause: "‖" } as const;
const UNREPORTED =
  "Chrome reports neither payload nor size of a Blob that the page sends; an empty binary message looks the same.";
