import { Pin, StickyNote } from "lucide-react";
import type { ReactNode } from "react";
import type { FrameRow } from "../../engine/contract.ts";
import { assertNever } from "../../model/assert-never.ts";
import { formatBytes, formatCount, formatDelta, formatDuration, formatSince, formatTime } from "../figures/figures.ts";
import { splitUrl } from "../figures/web-socket-url.ts";
import { PreviewText } from "../preview/preview-text.tsx";
import { windowOf } from "../preview/preview-window.ts";
import type { ColumnId, TimeMode } from "../state/column-layout.ts";

interface FrameCellProps {
  readonly row: FrameRow;
  readonly column: ColumnId;
  /** Its place among the columns shown, from 1. */
  readonly at: number;
  readonly timeMode: TimeMode;
  /** Characters of the message that can be on view. */
  readonly characters: number;
}

/** One cell of the table. */
export function FrameCell({ row, column, at, timeMode, characters }: FrameCellProps) {
  const { kind, direction, size } = row;
  const isUnreported = kind === "message" && size === null;
  return (
    <span
      role="gridcell"
      aria-colindex={at}
      aria-label={column === "direction" ? (direction ?? kind) : undefined}
      className={`cell-${column}${column === "direction" && direction !== null ? ` ${direction}` : ""}`}
      data-column={column}
      title={column === "size" && isUnreported ? UNREPORTED : column === "connection" ? row.url : undefined}
    >
      {contentOf(row, column, timeMode, characters)}
    </span>
  );
}

function contentOf(row: FrameRow, column: ColumnId, timeMode: TimeMode, characters: number): ReactNode {
  switch (column) {
    case "number":
      return (
        <>
          {row.pinned && <Pin className="frame-pin" role="img" aria-label="Pinned" />}
          {formatCount(row.index + 1)}
        </>
      );
    case "direction":
      return row.direction === null ? SIGNS[row.kind] : ARROWS[row.direction];
    case "time":
      return timeOf(row, timeMode);
    case "delta":
      return row.delta === null ? "" : formatDelta(row.delta);
    case "connection":
      return row.connection === 0 ? "" : splitUrl(row.url).path;
    case "type":
      return <span className={row.messageKind === null ? "frame-label" : `frame-label label-${row.messageKind}`}>{row.label}</span>;
    case "message":
      return (
        <>
          {row.note !== "" && (
            <span className="frame-note" title={row.note}>
              <StickyNote role="img" aria-label={`Note: ${row.note}`} />
            </span>
          )}
          <Message row={row} characters={characters} />
        </>
      );
    case "size":
      if (row.kind === "message" && row.size === null) return "unknown";
      return row.size === null ? "" : formatBytes(row.size);
    case "latency":
      return row.pair === null ? "" : describeLatency(row.pair);
    default:
      return assertNever(column);
  }
}

function Message({ row, characters }: { readonly row: FrameRow; readonly characters: number }) {
  // Events are set in another font, and are short.
  if (row.kind !== "message") return <PreviewText text={row.preview} marks={row.marks} />;
  // What cannot be on view is not drawn.
  const { from, to } = windowOf(row.preview, row.marks, characters);
  return row.size === null ? <i>{row.preview.slice(from, to)}</i> : <PreviewText text={row.preview} marks={row.marks} from={from} to={to} />;
}

/** An arrow goes out from a request to its answer. */
function describeLatency({ role, latency }: NonNullable<FrameRow["pair"]>): string {
  const text = latency === null ? "…" : formatDuration(latency);
  return role === "request" ? `→ ${text}` : text;
}

/** Empty where it is not known. */
export function timeOf({ time, sinceStart, delta, sinceNavigation }: FrameRow, mode: TimeMode): string {
  switch (mode) {
    case "clock":
      return time === null ? "" : formatTime(time);
    case "start":
      return formatSince(sinceStart);
    case "previous":
      return delta === null ? "" : formatSince(delta);
    case "navigation":
      return sinceNavigation === null ? "" : formatSince(sinceNavigation);
    default:
      return assertNever(mode);
  }
}

const ARROWS = { sent: "↑", received: "↓" } as const;
const SIGNS = { message: "", error: "✕", open: "○", close: "●", navigation: "", pause: "‖" } as const;
const UNREPORTED =
  "Chrome reports neither payload nor size of a Blob that the page sends; an empty binary message looks the same.";
