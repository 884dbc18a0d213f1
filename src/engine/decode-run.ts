import { MOST_BYTES } from "../decode/connection-decoder.ts";
import { connectionFacts } from "../decode/decoder.ts";
import { isMessage } from "../model/frame.ts";
import { frameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { connectionsOf, cutPayloads, cutRows } from "./cut-rows.ts";
import type { DecodeAnswer, DecodeRequest } from "./decode-thread.ts";

/** A thread that decodes; its answers come in the order of the requests. */
export interface DecodeThread {
  post(request: DecodeRequest, transfer: Transferable[]): void;
  onAnswer: (answer: DecodeAnswer) => void;
  /** The thread broke; it answers no more. */
  onFailure: () => void;
  end(): void;
}

const PIECE_BYTES = 1 << 20;
const PIECE_ROWS = 8192;
/**
 * While messages come faster than they are decoded, decoding rests this many times as long as its last piece took: it
 * catches up afterwards, and the capture has the core.
 */
const REST = 3;
const LONGEST_REST_MS = 250;
/** Rows without a message, as events are, pass uncopied; so many at most in one turn. */
const TURN_ROWS = 65_536;

/**
 * Has every message of the log decoded, in order, on a thread of its own, one piece under way at a time. What it finds
 * goes into the log's decoded columns, which so follow the log.
 */
export class DecodeRun {
  readonly #capture: CaptureLog;
  readonly #start: () => DecodeThread;
  readonly #onProgress: () => void;
  readonly #now: () => number;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #thread: DecodeThread | undefined;
  #generation = -1;
  #told = new Set<number>();
  /** Labels that threads before this one gave: its own ids count on from there. */
  #labelsBefore = 0;
  #forgotten = 0;
  #forgottenBefore = 0;
  /** The rows of the piece under way: from, to, and those of them that are messages. */
  #underWay: { readonly generation: number; readonly from: number; readonly to: number; readonly rows: Uint32Array; readonly sentAt: number; readonly logLength: number } | undefined;

  /** `onProgress`: rows were decoded since. `now`: milliseconds, on any clock. */
  constructor(capture: CaptureLog, start: () => DecodeThread, onProgress: () => void, now: () => number) {
    this.#now = now;
    this.#capture = capture;
    this.#start = start;
    this.#onProgress = onProgress;
  }

  /** Sends the next piece, unless one is under way. Call it when rows came. */
  advance(): void {
    const { log, decoded, generation } = this.#capture;
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#told = new Set();
      this.#labelsBefore = 0;
      this.#forgotten = 0;
      this.#forgottenBefore = 0;
      // Its answer is of another log and will not be taken.
      this.#underWay = undefined;
    }
    const from = decoded.length;
    if (this.#underWay !== undefined || this.#rest !== undefined || from >= log.length) return;
    const places: number[] = [];
    let size = 0;
    let to = from;
    for (; to < log.length && to - from < TURN_ROWS && places.length < PIECE_ROWS && size < PIECE_BYTES; to++) {
      const index = frameIndex(to);
      if (!isMessage(log.bitsAt(index))) continue;
      places.push(to);
      size += Math.min(log.lengthAt(index), MOST_BYTES + 1);
    }
    const rows = cutRows(log, Uint32Array.from(places));
    // One byte more than a decoder reads tells it that there is more.
    const payloads = cutPayloads(log, rows, { most: MOST_BYTES + 1 });
    const connections = connectionsOf(rows).flatMap((id) => {
      const connection = this.#capture.table.connections.get(id);
      if (this.#told.has(id) || connection === undefined) return [];
      this.#told.add(id);
      return [{ id, ...connectionFacts(connection) }];
    });
    this.#underWay = { generation, from, to, rows: rows.rows, sentAt: this.#now(), logLength: log.length };
    this.#thread ??= this.#startThread();
    this.#thread.post({ generation, rows, payloads, connections }, [payloads.bytes.buffer]);
  }

  /** Requests whose answers find no partner, because too many waited or their ids are too long. */
  get forgotten(): number {
    return this.#forgottenBefore + this.#forgotten;
  }

  end(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#thread?.end();
    this.#thread = undefined;
  }

  #startThread(): DecodeThread {
    const thread = this.#start();
    thread.onAnswer = (answer) => this.#take(answer);
    thread.onFailure = () => {
      // These rows stay undecoded; the next piece begins with a thread that knows nothing of the ones before.
      this.end();
      this.#told = new Set();
      this.#labelsBefore = this.#capture.decoded.names.length - 1;
      this.#forgottenBefore += this.#forgotten;
      this.#forgotten = 0;
      this.#take(undefined);
    };
    return thread;
  }

  #take(answer: DecodeAnswer | undefined): void {
    const underWay = this.#underWay;
    const { generation } = this.#capture;
    if (underWay?.generation !== generation || (answer !== undefined && answer.generation !== generation)) return;
    this.#underWay = undefined;
    const { decoded } = this.#capture;
    for (const name of answer?.names ?? []) decoded.addName(name);
    for (let row = decoded.length, next = 0; row < underWay.to; row++) {
      const place = underWay.rows[next] === row ? next++ : -1;
      const label = answer?.labels[place] ?? 0;
      decoded.add({
        label: label === 0 ? 0 : label + this.#labelsBefore,
        kind: answer?.kinds[place] ?? 0,
        decoder: answer?.decoders[place] ?? 0,
      });
    }
    if (answer !== undefined) this.#forgotten = answer.forgotten;
    const pairs = answer?.pairs ?? [];
    for (let i = 0; i < pairs.length; i += 2) decoded.pair(pairs[i] as number, pairs[i + 1] as number);
    this.#onProgress();
    if (this.#capture.log.length - underWay.logLength > underWay.to - underWay.from) this.#pause(this.#now() - underWay.sentAt);
    this.advance();
  }

  #pause(took: number): void {
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      this.advance();
    }, Math.min(took * REST, LONGEST_REST_MS));
  }
}
