import { Pin, StickyNote } from "lucide-react";
import type { ReactNode } from "react";
import { isColumnPath, type PathCell } from "../../contract/column-paths.ts";
import type { DeltaBasis, FrameRow } from "../../contract/rows.ts";
import { assertNever } from "../../model/assert-never.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { PreviewText } from "../preview/preview-text.tsx";
import { windowOf } from "../preview/preview-window.ts";
import type { Figures } from "../../words/figures.ts";
import type { Speaker } from "../../words/speaker.ts";
import { ConnectionMark } from "../figures/connection-mark.tsx";
import { MiddleCut } from "../figures/middle-cut.tsx";
import { rowType, urlParts } from "../figures/row-words.ts";
import type { ColumnId, OwnColumnId, TimeMode } from "../state/column-layout.ts";

interface FrameCellProps {
  readonly row: FrameRow;
  readonly column: ColumnId;
  /** Its place among the columns shown, from 1. */
  readonly at: number;
  readonly timeMode: TimeMode;
  readonly deltaOf: DeltaBasis;
  /** Characters of the message that can be on view. */
  readonly characters: number;
  /** What marks the row as a whole stands in it: its pin, and the mark of its connection. */
  readonly hasMarks: boolean;
  /** Rows of several connections stand in the table: a mark says which. */
  readonly isMarked: boolean;
}

/** One cell of the table. */
export function FrameCell(props: FrameCellProps) {
  const { row, column, at } = props;
  const speaker = useSpeaker();
  const { words } = speaker;
  const { direction, message } = row;
  const isNamed = column === "direction" && message === null;
  if (isColumnPath(column)) return <PathCellView cell={row.cells[column]} column={column} at={at} />;
  return (
    <span
      role="gridcell"
      aria-colindex={at}
      aria-label={isNamed ? (direction === null ? rowType(row, speaker) : words(`table.${direction}`)) : undefined}
      className={`cell-${column}${isNamed && direction !== null ? ` ${direction}` : ""}`}
      data-column={column}
      title={titleOf(props, words)}
    >
      {contentOf({ ...props, column }, speaker)}
    </span>
  );
}

/** What a cell does not say by itself. */
function titleOf({ row: { kind, size, delta, url }, column, deltaOf, isMarked }: FrameCellProps, words: Speaker["words"]): string | undefined {
  if (column === "size") return kind === "message" && size === null ? words("columns.size-unknown") : undefined;
  if (column === "delta") return delta !== null && delta < 0 ? words(`columns.back-${deltaOf}`) : undefined;
  return column === "connection" || (column === "number" && isMarked) ? url : undefined;
}

/** What a message has at a path; nothing where it has nothing. */
function PathCellView({ cell, column, at }: { readonly cell: PathCell | undefined; readonly column: ColumnId; readonly at: number }) {
  const { words } = useSpeaker();
  const kind = cell?.kind ?? null;
  return (
    <span role="gridcell" aria-colindex={at} className={`cell-path${kind === null ? "" : ` path-${kind}`}`} data-column={column} title={cell === undefined ? undefined : kind === null ? words("tree.path-too-long") : cell.text}>
      {cell?.text}
    </span>
  );
}

interface OwnCellProps extends FrameCellProps {
  readonly column: OwnColumnId;
}

function contentOf({ row, column, timeMode, characters, hasMarks, isMarked }: OwnCellProps, speaker: Speaker): ReactNode {
  const { words, figures } = speaker;
  if (row.message !== null && OF_FRAME.has(column)) return "";
  const marks = hasMarks && row.message === null && (
    <>
      {isMarked && row.connection !== 0 && <ConnectionMark root={row.line} />}
      {row.pinned && <Pin className="frame-pin" role="img" aria-label={words("table.pinned")} />}
    </>
  );
  switch (column) {
    case "number":
      return (
        <>
          {marks}
          {figures.count(row.index + 1)}
        </>
      );
    case "direction":
      return row.direction === null ? SIGNS[row.kind] : ARROWS[row.direction];
    case "time":
      return timeOf(row, timeMode, figures);
    case "delta":
      return row.delta === null ? "" : figures.delta(row.delta);
    case "connection":
      return row.connection === 0 ? "" : <MiddleCut text={urlParts(row.url, words).path} />;
    case "type":
      if (row.messages > 0) return <span className="frame-label">{messageCount(row, words)}</span>;
      return <span className={row.messageKind === null ? "frame-label" : `frame-label label-${row.messageKind}`}>{rowType(row, speaker)}</span>;
    case "message":
      return (
        <>
          {marks}
          {row.note !== "" && (
            <span className="frame-note" title={row.note}>
              <StickyNote role="img" aria-label={words("table.note", { text: row.note })} />
            </span>
          )}
          {row.ruled !== null && row.message === null && <span className="frame-origin">{words(`rules.row-${row.ruled.did}`, { rule: row.ruled.rule })}</span>}
          {row.ruled === null && (row.origin === "user" || row.origin === "rule") && row.message === null && <span className="frame-origin">{row.origin === "user" && row.direction === "received" ? words("table.made-here") : words(`table.from-${row.origin}`)}</span>}
          {row.sequence !== null && <span className="frame-origin">{words(`table.${row.sequence}`)}</span>}
          {row.messages > 0 && <span data-twisty title={words(row.isUnfolded ? "table.fold" : "table.unfold")} className={row.isUnfolded ? "frame-twisty frame-unfolded" : "frame-twisty"} />}
          <Message row={row} characters={characters} empty={words("table.empty")} />
        </>
      );
    case "size":
      if (row.kind === "message" && row.size === null) return words("table.size-unknown");
      return row.size === null ? "" : figures.bytes(row.size);
    case "latency":
      return row.pair === null ? "" : describeLatency(row.pair, figures);
    default:
      return assertNever(column);
  }
}

/** What a message has from its frame, whose row stands above it. */
const OF_FRAME: ReadonlySet<ColumnId> = new Set(["number", "direction", "time", "delta", "connection"]);

function messageCount({ messages, matching }: FrameRow, words: Speaker["words"]): string {
  return matching === null || matching === messages ? words("table.messages", { n: messages }) : words("table.messages-matching", { n: matching, all: messages });
}

function Message({ row, characters, empty }: { readonly row: FrameRow; readonly characters: number; readonly empty: string }) {
  // Events are set in another font, and are short: of how much of them is on view it is only known where it begins.
  if (row.kind !== "message") return <PreviewText text={row.preview} marks={row.marks} from={windowOf(row.preview, row.marks, characters).from} />;
  if (row.size === 0 && row.preview === "") return <i>{empty}</i>;
  // What cannot be on view is not drawn.
  const { from, to } = windowOf(row.preview, row.marks, characters);
  return row.size === null ? <i>{row.preview.slice(from, to)}</i> : <PreviewText text={row.preview} marks={row.marks} from={from} to={to} />;
}

/** An arrow goes out from a request to its answer. */
function describeLatency({ role, latency }: NonNullable<FrameRow["pair"]>, figures: Figures): string {
  const text = latency === null ? "…" : figures.duration(latency);
  return role === "request" ? `→ ${text}` : text;
}

/** Empty where it is not known. */
export function timeOf({ time, sinceStart, delta, sinceNavigation }: FrameRow, mode: TimeMode, figures: Figures): string {
  switch (mode) {
    case "clock":
      return time === null ? "" : figures.time(time);
    case "start":
      return figures.since(sinceStart);
    case "previous":
      return delta === null ? "" : figures.since(delta);
    case "navigation":
      return sinceNavigation === null ? "" : figures.since(sinceNavigation);
    default:
      return assertNever(mode);
  }
}

const ARROWS = { sent: "↑", received: "↓" } as const;
const SIGNS = { message: "", error: "✕", open: "○", close: "●", navigation: "", pause: "‖", report: "≡" } as const;
