import type { ImportProblem } from "../../contract/files.ts";
import type { ImportedConnection, ImportedRow, ImportSink } from "../../format/import-format.ts";
import { float64Column, uint16Column, uint32Column } from "../../log/column.ts";
import type { AppendFile } from "../../log/payload-pages.ts";
import { eventBits, messageBits, withOrigin } from "../../model/frame.ts";
import type { Ruled } from "../../model/message-rule.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import { say, type Said, type Told } from "../../model/said.ts";
import type { StreamEvent } from "../../model/stream-event.ts";
import { LAST_DATE, type EpochMilliseconds } from "../../model/units.ts";

/** The first so many are listed, the others counted. */
export const MOST_PROBLEMS = 200;
/** A place in a file can be as long as the file has it. */
const LONGEST_PLACE = 300;
const MOST_CONNECTIONS = 1 << 20;
/** Of what is kept of connections and beside rows: characters, and what each of them costs by itself. */
const MOST_BESIDE = 1 << 28;
const BESIDE_CONNECTION = 400;
const BESIDE_ROW = 100;
/** HTTP answers, and characters of them. */
const MOST_ANSWERS = 500;
const MOST_OF_ANSWERS = 32 << 20;
const SPOOL_PIECE = 1 << 20;

/** What few rows have beside their columns. */
export interface RowExtras {
  readonly event?: StreamEvent;
  /** Bytes of a payload that is not there. */
  readonly size?: number;
  readonly pinned: boolean;
  readonly note: string;
  readonly ruled?: Ruled;
}

/**
 * What an importer reads, in the order of the file: 26 bytes a row in memory, the payloads in a file beside. It is put in the
 * order of time when all of it is known.
 */
export class ImportedRows implements ImportSink {
  readonly times = float64Column();
  readonly connections = uint32Column();
  readonly bits = uint16Column();
  readonly offsets = float64Column();
  readonly lengths = uint32Column();
  readonly extras = new Map<number, RowExtras>();
  /** What is known of each connection; the first has number 1. */
  readonly described: (ImportedConnection | undefined)[] = [];
  readonly problems: ImportProblem[] = [];
  /** The latest of the file, as far as there is room. */
  readonly answers: HttpExchange[] = [];
  #answersLength = 0;
  /** Problems that are not listed. */
  moreProblems = 0;
  share = 0;
  #refused: unknown;
  /** Connections whose times are told to be none. */
  readonly #undated = new Set<string>();
  readonly #spool: AppendFile;
  readonly #mostConnections: number;
  readonly #mostBeside: number;
  /** How much is kept of connections and beside rows. */
  #beside = 0;
  readonly #told = new Set<string>();
  readonly #piece = new Uint8Array(SPOOL_PIECE);
  #pending = 0;
  #spooled = 0;

  constructor(spool: AppendFile, { connections = MOST_CONNECTIONS, beside = MOST_BESIDE } = {}) {
    this.#spool = spool;
    this.#mostConnections = connections;
    this.#mostBeside = beside;
  }

  get rows(): number {
    return this.times.length;
  }

  open(): number {
    if (this.described.length < this.#mostConnections) return this.described.push(undefined);
    this.#tellOnce(say("import.most-connections", { most: this.#mostConnections }));
    return 0;
  }

  describe(connection: number, what: ImportedConnection): void {
    const before = this.described[connection - 1];
    if (connection === 0 || !this.#hasRoom(sizeOf(what) - (before === undefined ? 0 : sizeOf(before)))) return;
    const dated = (name: "startedAt" | "answeredAt" | "closedAt"): EpochMilliseconds | undefined => {
      const time = what[name];
      if (time === undefined || isDate(time)) return time;
      // It is described again and again, as more is known of it.
      if (!Number.isNaN(time) && !this.#undated.has(`${connection} ${name}`)) {
        this.#undated.add(`${connection} ${name}`);
        this.problem(`${what.url} ${name}`, say("import.no-time"));
      }
      return undefined;
    };
    this.described[connection - 1] = { ...what, startedAt: dated("startedAt"), answeredAt: dated("answeredAt"), closedAt: dated("closedAt") };
  }

  answer(exchange: HttpExchange): void {
    this.answers.push(exchange);
    this.#answersLength += exchange.body.length;
    while (this.answers.length > MOST_ANSWERS || this.#answersLength > MOST_OF_ANSWERS) this.#answersLength -= this.answers.shift()?.body.length ?? 0;
  }

  add({ connection, kind, isReceived, opcode, isMasked = false, time, place, payload, unreported = false, size, event, pinned = false, note = "", origin = "import", ruled }: ImportedRow): void {
    const hasExtras = event !== undefined || size !== undefined || pinned || note !== "" || ruled !== undefined;
    if (hasExtras && this.#hasRoom(BESIDE_ROW + note.length + (ruled?.rule.length ?? 0) + (event === undefined ? 0 : event.name.length + event.id.length))) this.extras.set(this.rows, { ...(event && { event }), ...(size !== undefined && { size }), pinned, note, ...(ruled && { ruled }) });
    const bits = kind !== "message" ? eventBits(kind) : withOrigin(messageBits(isReceived ? "received" : "sent", opcode, isMasked, unreported), origin);
    this.times.push(this.#dated(time, this.rows, place));
    this.connections.push(connection);
    this.bits.push(bits);
    this.offsets.push(this.#spooled + this.#pending);
    this.lengths.push(payload.length);
    this.#keep(payload);
  }

  retime(from: number, to: number, change: (time: number) => number): void {
    for (let row = from; row < to; row++) this.times.set(row, this.#dated(change(this.times.at(row)), row));
  }

  problem(place: string, what: Told): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ place: place.slice(0, LONGEST_PLACE), what });
    else this.moreProblems++;
  }

  progress(share: number): void {
    this.share = share;
  }

  /** All of it is read: what is left goes into the file, from which `read` reads. Throws what that file has thrown meanwhile. */
  finish(): void {
    if (this.#refused !== undefined) throw this.#refused;
    this.#spoolPending();
  }

  /** Payload bytes from an offset. */
  read(offset: number, into: Uint8Array): void {
    const count = this.#spool.read(offset, into);
    if (count < into.length) throw new Error(`${count} of ${into.length} bytes can be read again.`);
  }

  #hasRoom(more: number): boolean {
    const isRoom = more <= 0 || this.#beside + more <= this.#mostBeside;
    if (isRoom) this.#beside += more;
    else this.#tellOnce(say("import.most-beside", { most: this.#mostBeside }));
    return isRoom;
  }

  /** Of the whole file. */
  #tellOnce(what: Said): void {
    if (!this.#told.has(what.code)) this.problem("", what);
    this.#told.add(what.code);
  }

  /** A time that can be written as a date; not a number for any other, which is told. */
  #dated(time: number, row: number, place = (): string => `rows[${row}]`): number {
    if (isDate(time) || Number.isNaN(time)) return time;
    this.problem(place(), say("import.no-time"));
    return NaN;
  }

  #spoolPending(): void {
    this.#append(this.#piece.subarray(0, this.#pending));
    this.#pending = 0;
  }

  #append(bytes: Uint8Array): void {
    try {
      this.#spool.append(bytes);
    } catch (error) {
      // An importer goes on behind what it could not read, but not without a disk.
      this.#refused = error;
      throw error;
    }
    this.#spooled += bytes.length;
  }

  #keep(payload: Uint8Array): void {
    if (payload.length > SPOOL_PIECE - this.#pending) this.#spoolPending();
    if (payload.length > SPOOL_PIECE) {
      this.#append(payload);
    } else {
      this.#piece.set(payload, this.#pending);
      this.#pending += payload.length;
    }
  }
}

/** About how much memory it takes. */
function sizeOf({ url, requestHeaders, responseHeaders, statusText, failed, closing, target, initiator }: ImportedConnection): number {
  const texts = [url, statusText, failed?.words, closing?.reason, target?.url, initiator?.url, initiator?.functionName];
  const headers = [...requestHeaders, ...responseHeaders].reduce((sum, { name, value }) => sum + BESIDE_ROW + name.length + value.length, 0);
  return texts.reduce((sum, text = "") => sum + text.length, BESIDE_CONNECTION + headers);
}

const isDate = (time: number): boolean => time >= 0 && time <= LAST_DATE;
