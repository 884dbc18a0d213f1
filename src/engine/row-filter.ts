import { assertNever } from "../model/assert-never.ts";
import { directionOf, isMessage } from "../model/frame.ts";
import { frameIndex, type ConnectionId } from "../model/units.ts";
import { NO_CONNECTION } from "../log/connection-table.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { IndexList } from "../log/index-list.ts";
import type { Filter } from "../query/filter.ts";
import type { ScanPiece } from "../query/scan.ts";
import type { Scope } from "./contract.ts";
import { ScanTimeout, type Scanner } from "./scanner.ts";

/** How much of the log one piece for the scan thread holds. */
const PIECE_BYTES = 1 << 20;
const PIECE_ROWS = 16_384;
/** Rows tested by their columns alone before other work gets its turn: about 2 ms. */
const SLICE_ROWS = 100_000;

/** What a row filter reads; the log is asked anew each time, for a clear replaces it. */
export interface FilterSource {
  readonly log: FrameLog;
  urlOf(connection: ConnectionId): string;
}

/**
 * The rows that a scope lets through, found as the log grows: each row is tested once, in order. Conditions on columns
 * are tested here, texts on the scan thread.
 */
export class RowFilter {
  readonly #source: FilterSource;
  readonly #scanner: Scanner;
  readonly #scope: Scope;
  readonly filter: Filter;
  /** Undefined while every row is shown. */
  readonly #found: IndexList | undefined;
  #messages = 0;
  #tested = 0;
  #isWaiting = false;
  #isEnded = false;

  constructor(source: FilterSource, scanner: Scanner, scope: Scope, filter: Filter) {
    this.#source = source;
    this.#scanner = scanner;
    this.#scope = scope;
    this.filter = filter;
    const showsAll = filter.kind === "everything" && scope.connection === null && scope.sent && scope.received;
    this.#found = showsAll ? undefined : new IndexList();
  }

  /** Rows found so far. */
  get length(): number {
    return this.#found?.length ?? this.#source.log.length;
  }

  /** Messages among them. */
  get messages(): number {
    return this.#found === undefined ? this.#source.log.messages : this.#messages;
  }

  /** The share of the log that is tested, 0 to 1. */
  get progress(): number {
    const { length } = this.#source.log;
    return this.#found === undefined || length === 0 ? 1 : this.#tested / length;
  }

  at(position: number): number {
    return this.#found === undefined ? position : this.#found.at(position);
  }

  placeOf(index: number): number | undefined {
    if (index >= this.#source.log.length) return undefined;
    return this.#found === undefined ? index : this.#found.positionOf(frameIndex(index));
  }

  /** Drops what is under way: its answers are not taken in. */
  end(): void {
    this.#isEnded = true;
  }

  /**
   * Tests the next rows. `onProgress` is called when rows were tested later than this call, `onTimeout` when the
   * filter's pattern took too long. Answers whether rows are left that can be tested at once.
   */
  advance(onProgress: () => void, onFailure: (error: unknown) => void): boolean {
    if (this.#found === undefined || this.#isEnded || this.#isWaiting) return false;
    if (this.#filterIsText()) {
      this.#scanNext(onProgress, onFailure);
      return false;
    }
    const { log } = this.#source;
    const end = Math.min(log.length, this.#tested + SLICE_ROWS);
    for (; this.#tested < end; this.#tested++) if (this.#passesColumns(this.#tested)) this.#add(this.#tested);
    return this.#tested < log.length;
  }

  #filterIsText(): boolean {
    switch (this.filter.kind) {
      case "everything":
        return false;
      case "text":
      case "pattern":
        return true;
      default:
        return assertNever(this.filter);
    }
  }

  #add(row: number): void {
    this.#found?.push(row);
    if (isMessage(this.#source.log.bitsAt(frameIndex(row)))) this.#messages++;
  }

  #passesColumns(row: number): boolean {
    const index = frameIndex(row);
    const direction = directionOf(this.#source.log.bitsAt(index));
    if (direction === "sent" && !this.#scope.sent) return false;
    if (direction === "received" && !this.#scope.received) return false;
    if (this.#scope.connection === null) return true;
    const connection = this.#source.log.connectionAt(index);
    return connection === this.#scope.connection || connection === NO_CONNECTION;
  }

  #scanNext(onProgress: () => void, onFailure: (error: unknown) => void): void {
    const { log } = this.#source;
    if (this.#tested >= log.length) return;
    const { piece, end } = this.#cutPiece();
    this.#isWaiting = true;
    this.#scanner.scan(this.filter, piece).then(
      (rows) => {
        this.#isWaiting = false;
        if (this.#isEnded) return;
        for (const row of rows) this.#add(row);
        this.#tested = end;
        onProgress();
      },
      (error: unknown) => {
        if (this.#isEnded) return;
        this.#isEnded = true;
        onFailure(error);
      },
    );
  }

  /** Copies the next rows that pass the columns, so that the scan thread can have them. */
  #cutPiece(): { readonly piece: ScanPiece; readonly end: number } {
    const { log } = this.#source;
    const rows: number[] = [];
    const connections: ConnectionId[] = [];
    let size = 0;
    let row = this.#tested;
    for (; row < log.length && rows.length < PIECE_ROWS && size < PIECE_BYTES && row - this.#tested < SLICE_ROWS; row++) {
      if (!this.#passesColumns(row)) continue;
      rows.push(row);
      connections.push(log.connectionAt(frameIndex(row)));
      size += log.lengthAt(frameIndex(row));
    }
    const bytes = new Uint8Array(size);
    const ends = new Uint32Array(rows.length);
    let at = 0;
    rows.forEach((index, i) => {
      const payload = log.payloadAt(frameIndex(index));
      bytes.set(payload, at);
      at += payload.length;
      ends[i] = at;
    });
    return { piece: { rows: Uint32Array.from(rows), ends, bytes, ...this.#urlsOf(connections) }, end: row };
  }

  #urlsOf(connections: readonly ConnectionId[]): Pick<ScanPiece, "urlOf" | "urls"> {
    if (this.#scope.connection !== null) return { urlOf: null, urls: [] };
    const places = new Map<ConnectionId, number>();
    const urls: string[] = [];
    const urlOf = Uint32Array.from(connections, (connection) => {
      let place = places.get(connection);
      if (place === undefined) {
        place = urls.push(this.#source.urlOf(connection)) - 1;
        places.set(connection, place);
      }
      return place;
    });
    return { urlOf, urls };
  }
}

/** Why a filter was ended, for the line under the filter box. */
export function filterFailure(error: unknown): string {
  return error instanceof ScanTimeout
    ? "This pattern takes over 2 s on one piece of the log, so it was ended; the last filter is in force again. Nested repeats such as (a+)+ are the usual cause."
    : `The filter could not be applied: ${error instanceof Error ? error.message : String(error)}.`;
}
