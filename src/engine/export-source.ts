import { DECODERS } from "../decode/registry.ts";
import type { ExportDecoded, ExportFrame, ExportPart, ExportSource, StoredRow } from "../format/export-format.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { textOfCode } from "../log/kept-texts.ts";
import { directionOf, isMessage, isPayloadUnreported, kindOf, opcodeOf, originOf, type Direction, type RowKind, type RowOrigin } from "../model/frame.ts";
import type { Ruled } from "../model/message-rule.ts";
import { MESSAGE_KINDS } from "../model/message-kind.ts";
import type { StreamEvent } from "../model/stream-event.ts";
import { connectionId, frameIndex, milliseconds, type ConnectionId, type EpochMilliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { rowPayload } from "./row-text.ts";

/** Rows of each connection, in order: places in `rows` from `starts.get(id)`. */
interface RowsByConnection {
  readonly rows: Uint32Array;
  readonly ranges: ReadonlyMap<ConnectionId, { readonly from: number; readonly to: number }>;
}

/** A counting sort of the rows by connection: one pass over the log; four bytes a row, and four more while it sorts. */
function rowsByConnection(log: FrameLog, chosen: Uint32Array | undefined, length: number): RowsByConnection {
  const ranges = new Map<ConnectionId, { from: number; to: number }>();
  const ranks = new Map<ConnectionId, number>();
  const counts: number[] = [];
  const rankOfRow = new Uint32Array(length);
  let last: ConnectionId | undefined;
  let rank = 0;
  for (let i = 0; i < length; i++) {
    const connection = log.connectionAt(frameIndex(chosen?.[i] ?? i));
    if (connection !== last) {
      last = connection;
      rank = ranks.get(connection) ?? ranks.size;
      if (rank === ranks.size) ranks.set(connection, rank);
    }
    counts[rank] = (counts[rank] ?? 0) + 1;
    rankOfRow[i] = rank;
  }
  let start = 0;
  const next = counts.map((count) => (start += count) - count);
  for (const [connection, at] of ranks) ranges.set(connection, { from: next[at] as number, to: (next[at] as number) + (counts[at] as number) });
  const rows = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const of = rankOfRow[i] as number;
    const place = next[of] as number;
    rows[place] = chosen?.[i] ?? i;
    next[of] = place + 1;
  }
  return { rows, ranges };
}

/** Messages of a connection, and bytes of them, in which the secrets are looked for that answers gave. */
const MOST_BEHIND_ANSWERS = 20_000;
const MOST_BYTES_BEHIND_ANSWERS = 16 << 20;

/** A source that knows how far it is read. */
export interface CountedSource extends ExportSource {
  /** Of the rows, those that were read: 0 to 1. Of a format that reads them twice, of both times. */
  share(): number;
}

/**
 * What an export reads of a log: the `wanted` rows, or all that stand in it now, of them those before row `end`. One of all
 * rows holds every connection but those that have rows from `end` on alone, one of some those that have one of them.
 */
export function exportSource(capture: CaptureLog, wanted: Uint32Array | undefined, end = Infinity): CountedSource {
  const { log, table, clean } = capture;
  const isCut = end < log.length;
  /** Those that have rows from `end` on. */
  const later = new Set<ConnectionId>();
  if (isCut && wanted === undefined) for (let i = end; i < log.length; i++) later.add(log.connectionAt(frameIndex(i)));
  const chosen = isCut ? (wanted ?? Uint32Array.from({ length: end }, (_, row) => row)).filter((row) => row < end) : wanted;
  const length = chosen?.length ?? log.length;
  let sorted: RowsByConnection | undefined;
  const byConnection = (): RowsByConnection => (sorted ??= rowsByConnection(log, chosen, length));
  const isHeld = (connection: ConnectionId): boolean => chosen === undefined || byConnection().ranges.has(connection) || (wanted === undefined && !later.has(connection));
  let read = 0;
  return {
    length,
    lost: capture.lost,
    // Once all are read, it is all of them, not none of a next time.
    share: () => (length === 0 ? 1 : read === 0 ? 0 : (((read - 1) % length) + 1) / length),
    get connections() {
      return [...table.connections.values()].filter(({ id }) => isHeld(id));
    },
    targets: table.targets,
    clock: table.clock,
    decoderChoice: (connection) => capture.decoding.choiceOf(connection),
    clean,
    get answers() {
      return capture.answers.events.filter(({ connection }) => isHeld(connectionId(connection)));
    },
    *messagesBehindAnswers() {
      const left = new Map(this.answers.map(({ connection }) => [connectionId(connection), { messages: MOST_BEHIND_ANSWERS, bytes: MOST_BYTES_BEHIND_ANSWERS }]));
      const frame = new LogRow(capture, log);
      for (let i = 0; i < log.length && left.size > 0; i++) {
        const row = frameIndex(i);
        const connection = log.connectionAt(row);
        const room = left.get(connection);
        if (room === undefined || !isMessage(log.bitsAt(row))) continue;
        yield frame.moveTo(row);
        room.messages -= 1;
        room.bytes -= log.lengthAt(row);
        if (room.messages <= 0 || room.bytes <= 0) left.delete(connection);
      }
    },
    *frames(connection) {
      const range = byConnection().ranges.get(connection);
      if (range === undefined) return;
      const frame = new LogRow(capture, log);
      for (let i = range.from; i < range.to; i++) {
        read += 1;
        yield frame.moveTo(frameIndex(byConnection().rows[i] as number));
      }
    },
    *rows() {
      const frame = new LogRow(capture, log);
      for (let i = 0; i < length; i++) {
        read += 1;
        yield frame.moveTo(frameIndex(chosen?.[i] ?? i));
      }
    },
  };
}

/** One row after the other of a log, each looked up where it is asked for. */
class LogRow implements ExportFrame {
  readonly #capture: CaptureLog;
  /** The one that the export began with; a clear puts another in its place. */
  readonly #log: FrameLog;
  #row = frameIndex(0);
  #bits = 0;
  #streamOf = connectionId(0);
  #isStream = false;

  constructor(capture: CaptureLog, log: FrameLog) {
    this.#capture = capture;
    this.#log = log;
  }

  moveTo(row: FrameIndex): this {
    this.#row = row;
    this.#bits = this.#log.bitsAt(row);
    return this;
  }

  get row(): FrameIndex {
    return this.#row;
  }

  get connection(): ConnectionId {
    return this.#log.connectionAt(this.#row);
  }

  get kind(): RowKind {
    return kindOf(this.#bits);
  }

  get direction(): Direction | undefined {
    return directionOf(this.#bits);
  }

  get opcode(): number {
    return opcodeOf(this.#bits);
  }

  get time(): EpochMilliseconds | null {
    return this.#capture.table.clock.toEpoch(this.#log.timeAt(this.#row)) ?? null;
  }

  get event(): StreamEvent | undefined {
    const { connection } = this;
    if (connection !== this.#streamOf) {
      this.#streamOf = connection;
      this.#isStream = this.#capture.table.connections.get(connection)?.transport === "event-source";
    }
    return this.#isStream ? this.#log.details.eventOf(this.#row) : undefined;
  }

  get unreported(): boolean {
    return isPayloadUnreported(this.#bits);
  }

  get pinned(): boolean {
    return this.#capture.marks.get(this.#row)?.pinned ?? false;
  }

  get note(): string {
    return this.#capture.marks.get(this.#row)?.note ?? "";
  }

  get origin(): RowOrigin {
    return originOf(this.#bits);
  }

  get ruled(): Ruled | undefined {
    return this.#log.details.ruledAt(this.#row);
  }

  get madeFrom(): FrameIndex | undefined {
    return this.#log.details.sourceOf(this.#row);
  }

  get size(): number | undefined {
    return this.unreported ? this.#log.details.sizeOf(this.#row) : this.#log.lengthAt(this.#row);
  }

  get isDecoded(): boolean {
    return this.#log === this.#capture.log && this.#capture.decoded.decoderOf(this.#row) !== 0;
  }

  get decoded(): ExportDecoded | undefined {
    return this.#decodedOf(0);
  }

  get parts(): readonly ExportPart[] | undefined {
    const { decoded } = this.#capture;
    const row = this.#row;
    if (this.#log !== this.#capture.log || !decoded.holdsSeveral(row)) return undefined;
    return Array.from({ length: decoded.messages.countOf(row) }, (_, place) => {
      const { from, to } = decoded.messages.at({ row, message: place });
      return { place, decoded: this.#decodedOf(place), from, to };
    }).flatMap(({ decoded: facts, ...part }) => (facts === undefined ? [] : [{ ...part, decoded: facts }]));
  }

  /** What is known of one of the frame's messages. */
  #decodedOf(message: number): ExportDecoded | undefined {
    const { decoded } = this.#capture;
    const row = this.#row;
    const decoder = decoded.decoderOf(row);
    if (this.#log !== this.#capture.log || decoder === 0) return undefined;
    const isSeveral = decoded.holdsSeveral(row);
    const facts = isSeveral ? decoded.messages.at({ row, message }) : { label: decoded.labelOf(row), kind: decoded.kindOf(row) };
    const texts = "topic" in facts ? { topic: textOfCode(facts.topic, decoded.topicNames), id: textOfCode(facts.id, decoded.idNames), answers: textOfCode(facts.answers, decoded.idNames) } : { topic: decoded.topicOf(row), id: decoded.idOf(row), answers: decoded.answersOf(row) };
    const partner = decoded.partnerOf(row, message);
    return {
      label: decoded.names[facts.label] ?? "",
      kind: MESSAGE_KINDS[facts.kind - 1] ?? null,
      decoder: DECODERS[decoder - 1]?.id,
      topic: texts.topic ?? undefined,
      id: texts.id ?? undefined,
      answers: texts.answers ?? undefined,
      partner: partner === undefined ? undefined : frameIndex(partner.row),
      latency: partner === undefined ? undefined : milliseconds(Math.abs(this.#log.timeAt(frameIndex(partner.row)) - this.#log.timeAt(row)) * 1000),
      messages: isSeveral ? decoded.messages.countOf(row) : 1,
    };
  }

  get stored(): StoredRow {
    const row = this.#row;
    return { time: this.#log.timeAt(row), bits: this.#log.bitsAt(row), length: this.#log.lengthAt(row), payload: () => this.#log.payloadAt(row) };
  }

  payload(): Uint8Array {
    return rowPayload(this.#log, this.#capture.tell, this.#row);
  }
}
