import { DECODERS } from "../decode/registry.ts";
import type { DecodedColumns } from "../log/decoded-columns.ts";
import type { KeptText } from "../log/kept-texts.ts";
import { directionOf, kindOf, opcodeOf, type Direction, type RowKind } from "../model/frame.ts";
import type { MessageKind } from "../model/message-kind.ts";
import { connectionId, frameIndex, type ConnectionId, type FrameIndex } from "../model/units.ts";
import type { CompiledQuery } from "../query/compile.ts";
import { PAIR_STATES, type ConnectionFacts, type DecodedFacts, type PairState, type QueryRow } from "../query/query-row.ts";
import type { DecodedPiece, ScanPiece, TextPiece } from "../query/scan/piece.ts";
import type { CaptureLog } from "./capture-log.ts";
import { factsOf } from "./connection-facts.ts";
import { cutPayloads, cutRows } from "./cut-rows.ts";
import { decoderAt, messageKindAt, pairAt } from "./decoded-row.ts";

/** A row of the log as a query's columns see it. One object goes over many rows: `moveTo` the next before reading. */
export class LogRow implements QueryRow {
  readonly #capture: CaptureLog;
  readonly #facts = new Map<ConnectionId, ConnectionFacts>();
  #index = frameIndex(0);
  #bits = 0;

  constructor(capture: CaptureLog) {
    this.#capture = capture;
  }

  moveTo(row: number): void {
    this.#index = frameIndex(row);
    this.#bits = this.#capture.log.bitsAt(this.#index);
  }

  get index(): number {
    return this.#index;
  }

  get kind(): RowKind {
    return kindOf(this.#bits);
  }

  get direction(): Direction | null {
    return directionOf(this.#bits) ?? null;
  }

  get opcode(): number {
    return opcodeOf(this.#bits);
  }

  get size(): number | null {
    return this.#capture.log.sizeAt(this.#index);
  }

  get time(): number {
    return this.#capture.log.timeAt(this.#index);
  }

  get connection(): ConnectionFacts {
    const id = this.#capture.log.connectionAt(this.#index);
    const known = this.#facts.get(id);
    if (known !== undefined) return known;
    const facts = factsOf(this.#capture.table, id);
    this.#facts.set(id, facts);
    return facts;
  }

  get isPinned(): boolean {
    return this.#capture.marks.get(this.#index)?.pinned === true;
  }

  get pair(): PairState {
    return pairState(this.#capture, this.#index);
  }

  get latency(): number | null {
    return pairAt(this.#capture, this.#index)?.latency ?? null;
  }

  get isDecoded(): boolean {
    return this.#index < this.#capture.decoded.length;
  }

  get label(): string {
    const { decoded } = this.#capture;
    return decoded.names[decoded.labelOf(this.#index)] ?? "";
  }

  get messageKind(): MessageKind | null {
    return messageKindAt(this.#capture, this.#index);
  }

  get decoder(): string {
    return decoderAt(this.#capture, this.#index)?.id ?? "";
  }

  get topic(): KeptText {
    return this.#capture.decoded.topicOf(this.#index);
  }

  get id(): KeptText {
    return this.#capture.decoded.idOf(this.#index);
  }

  get answers(): KeptText {
    return this.#capture.decoded.answersOf(this.#index);
  }

  /** The columns never ask; texts are read on the scan thread. */
  text(): string {
    return "";
  }

  decoded(): DecodedFacts | undefined {
    return undefined;
  }
}

/**
 * Copies rows, rising, for the scan thread: of their columns and payloads those that the query reads. `take` gives
 * memory for the payloads.
 */
export function cutPiece(
  capture: CaptureLog,
  places: Uint32Array<ArrayBuffer>,
  { needs, needsText, needsDecoded }: CompiledQuery,
  take: (size: number) => Uint8Array<ArrayBuffer>,
): ScanPiece {
  const { log } = capture;
  const { rows, bits, times, sizes, connections } = cutRows(log, places);
  const { connectionOf, list } = connectionFactsOf(capture, connections);
  const count = rows.length;
  const pairs = needs.has("pairs") ? new Uint8Array(count) : null;
  const latencies = needs.has("pairs") ? new Float64Array(count).fill(Number.NaN) : null;
  const pinned = needs.has("pins") ? new Uint8Array(count) : null;
  if (pairs !== null || latencies !== null || pinned !== null) {
    rows.forEach((row, i) => {
      const index = frameIndex(row);
      if (pairs !== null) pairs[i] = PAIR_STATES.indexOf(pairState(capture, index));
      if (latencies !== null) latencies[i] = pairAt(capture, index)?.latency ?? Number.NaN;
      if (pinned !== null && capture.marks.get(index)?.pinned === true) pinned[i] = 1;
    });
  }
  return {
    rows,
    bits,
    times,
    sizes: log.details.hasSizes ? rows.map((row) => log.sizeAt(frameIndex(row)) ?? 0) : sizes,
    connectionOf,
    connections: list,
    pairs,
    latencies,
    pinned,
    decoded: needs.has("labels") || needsDecoded ? cutDecoded(capture, rows, needs.has("ids")) : null,
    payload: needsText || needsDecoded ? cutPayloads(log, { rows, bits, times, sizes, connections }, { take }) : null,
  };
}

/** Null where decoding has not reached all of the rows. */
function cutDecoded({ decoded }: CaptureLog, rows: Uint32Array, needsIds: boolean): DecodedPiece | null {
  const count = rows.length;
  const first = rows[0];
  const last = rows[count - 1];
  if (first === undefined || last === undefined || last >= decoded.length) return null;
  const { labels, kinds, decoders } = last - first === count - 1 ? decoded.slice(first, last + 1) : decoded.pick(rows);
  return { labels, names: namesOf(decoded.names, [labels]), kinds, decoders, decoderIds: DECODER_IDS, texts: needsIds ? cutTexts(decoded, rows) : null };
}

function cutTexts(decoded: DecodedColumns, rows: Uint32Array): TextPiece {
  const texts = decoded.pickTexts(rows);
  return { ...texts, topicNames: namesOf(decoded.topicNames, [texts.topics]), idNames: namesOf(decoded.idNames, [texts.ids, texts.answers]) };
}

/** Few names go along whole, by their codes; of many only those in use. */
const FEW_NAMES = 1000;

function namesOf(names: readonly string[], columns: readonly Uint32Array[]): readonly string[] {
  if (names.length <= FEW_NAMES) return names;
  const used: string[] = [];
  for (const codes of columns) {
    for (const code of codes) if (code < names.length) used[code] ??= names[code] ?? "";
  }
  return used;
}

const DECODER_IDS = DECODERS.map(({ id }) => id);

/** One object of facts for each connection: what is found out of one is remembered by it. */
function connectionFactsOf(capture: CaptureLog, connections: Uint32Array): { connectionOf: Uint32Array<ArrayBuffer>; list: ConnectionFacts[] } {
  const connectionOf = new Uint32Array(connections.length);
  const list: ConnectionFacts[] = [];
  const places = new Map<number, number>();
  for (let i = 0; i < connections.length; i++) {
    const id = connections[i] as number;
    if (i > 0 && id === connections[i - 1]) {
      connectionOf[i] = connectionOf[i - 1] as number;
      continue;
    }
    let place = places.get(id);
    if (place === undefined) {
      place = list.push(factsOf(capture.table, connectionId(id))) - 1;
      places.set(id, place);
    }
    connectionOf[i] = place;
  }
  return { connectionOf, list };
}

function pairState(capture: CaptureLog, index: FrameIndex): PairState {
  const pair = pairAt(capture, index);
  if (pair === null) return "none";
  return pair.role === "answer" ? "answer" : pair.latency === null ? "unanswered request" : "request";
}
