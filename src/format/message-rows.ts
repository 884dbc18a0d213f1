import type { Direction, RowKind, RowOrigin } from "../model/frame.ts";
import type { StreamEvent } from "../model/stream-event.ts";
import type { ConnectionId, EpochMilliseconds, FrameIndex } from "../model/units.ts";
import type { ExportDecoded, ExportFrame, ExportPart, StoredRow } from "./export-format.ts";

/** The rows of a table that has one for each message: of a frame that holds several, one for each of them. */
export function* messageRows(rows: Iterable<ExportFrame>): Generator<ExportFrame, void, void> {
  const row = new PartRow();
  for (const frame of rows) {
    const { parts } = frame;
    if (parts === undefined) yield frame;
    else for (const part of parts) yield row.of(frame, part);
  }
}

/** One message of a frame, which has its own facts and bytes, and all else as its frame. */
class PartRow implements ExportFrame {
  #frame: ExportFrame | undefined;
  #part: ExportPart | undefined;

  of(frame: ExportFrame, part: ExportPart): this {
    this.#frame = frame;
    this.#part = part;
    return this;
  }

  get part(): number {
    return this.#own.place;
  }

  get isDecoded(): boolean {
    return this.#own.decoded !== undefined;
  }

  get decoded(): ExportDecoded | undefined {
    return this.#own.decoded;
  }

  get size(): number {
    return this.#own.to - this.#own.from;
  }

  payload(): Uint8Array {
    return this.#whole.payload().subarray(this.#own.from, this.#own.to);
  }

  get row(): FrameIndex {
    return this.#whole.row;
  }

  get connection(): ConnectionId {
    return this.#whole.connection;
  }

  get kind(): RowKind {
    return this.#whole.kind;
  }

  get direction(): Direction | undefined {
    return this.#whole.direction;
  }

  get opcode(): number {
    return this.#whole.opcode;
  }

  get origin(): RowOrigin {
    return this.#whole.origin;
  }

  get event(): StreamEvent | undefined {
    return this.#whole.event;
  }

  get time(): EpochMilliseconds | null {
    return this.#whole.time;
  }

  get unreported(): boolean {
    return this.#whole.unreported;
  }

  get pinned(): boolean {
    return this.#whole.pinned;
  }

  get note(): string {
    return this.#whole.note;
  }

  get madeFrom(): FrameIndex | undefined {
    return this.#whole.madeFrom;
  }

  get stored(): StoredRow {
    return this.#whole.stored;
  }

  get #whole(): ExportFrame {
    return this.#frame as ExportFrame;
  }

  get #own(): ExportPart {
    return this.#part as ExportPart;
  }
}
