import type { Connection } from "../model/connection.ts";
import { directionOf, isPayloadUnreported, kindOf, opcodeOf, type Direction, type RowKind } from "../model/frame.ts";
import { frameIndex, type ConnectionId, type FrameIndex } from "../model/units.ts";
import { PAIR_STATES, type ConnectionFacts, type DecodedFacts, type PairState, type QueryRow } from "../query/query-row.ts";
import type { ScanPiece } from "../query/scan/piece.ts";
import type { CaptureLog } from "./capture-log.ts";
import { chosenSubprotocol, targetName } from "./connection-rows.ts";
import { cutPayloads, cutRows } from "./cut-rows.ts";
import { decoderAt, labelAt, pairAt } from "./decoded-row.ts";

/** A row of the log as a query's columns see it. One object goes over many rows: `moveTo` the next before reading. */
export class LogRow implements QueryRow {
  readonly #capture: CaptureLog;
  readonly #facts: FactsOfLog;
  #index = frameIndex(0);
  #bits = 0;

  constructor(capture: CaptureLog) {
    this.#capture = capture;
    this.#facts = new FactsOfLog(capture);
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
    return this.kind === "message" && !isPayloadUnreported(this.#bits) ? this.#capture.log.lengthAt(this.#index) : null;
  }

  get time(): number {
    return this.#capture.log.timeAt(this.#index);
  }

  get connection(): ConnectionFacts {
    return this.#facts.of(this.#index);
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

  get label(): string | null {
    return this.#index < this.#capture.decoded.length ? labelAt(this.#capture, this.#index) : null;
  }

  /** The columns never ask; texts are read on the scan thread. */
  text(): string {
    return "";
  }

  decoded(): DecodedFacts | undefined {
    return undefined;
  }
}

/** What a query reads of the rows that are cut for it. */
export interface CutNeeds {
  /** Texts or decoded values. */
  readonly payload: boolean;
  /** Labels, pairs, pins. */
  readonly facets: boolean;
}

/** Copies rows for the scan thread. */
export function cutPiece(capture: CaptureLog, places: readonly number[], needs: CutNeeds): ScanPiece {
  const { log } = capture;
  const { rows, bits, times, sizes, connections } = cutRows(log, places);
  const facts = new FactsOfLog(capture);
  const list: ConnectionFacts[] = [];
  const listed = new Map<ConnectionFacts, number>();
  const labels: string[] = [];
  const labelled = new Map<string, number>();
  const count = rows.length;
  const connectionOf = new Uint32Array(count);
  for (let i = 0; i < count; i++) connectionOf[i] = placeOf(listed, list, facts.of(frameIndex(rows[i] as number)));
  const payload = needs.payload ? cutPayloads(log, { rows, bits, times, sizes, connections }) : null;
  const cut = { rows, bits, times, sizes, connectionOf, connections: list, payload };
  if (!needs.facets) return { ...cut, pairs: null, latencies: null, pinned: null, labelOf: null, labels };
  const pairs = new Uint8Array(count);
  const latencies = new Float64Array(count).fill(Number.NaN);
  const pinned = new Uint8Array(count);
  const labelOf = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const index = frameIndex(rows[i] as number);
    labelOf[i] = placeOf(labelled, labels, labelAt(capture, index));
    pairs[i] = PAIR_STATES.indexOf(pairState(capture, index));
    latencies[i] = pairAt(capture, index)?.latency ?? Number.NaN;
    if (capture.marks.get(index)?.pinned === true) pinned[i] = 1;
  }
  return { ...cut, pairs, latencies, pinned, labelOf, labels };
}

function placeOf<T>(places: Map<T, number>, list: T[], item: T): number {
  let place = places.get(item);
  if (place === undefined) {
    place = list.push(item) - 1;
    places.set(item, place);
  }
  return place;
}

function pairState(capture: CaptureLog, index: FrameIndex): PairState {
  const pair = pairAt(capture, index);
  if (pair === null) return "none";
  return pair.role === "answer" ? "answer" : pair.latency === null ? "unanswered request" : "request";
}

/** What queries ask of a row's connection and decoder; one object for all rows that share both. */
class FactsOfLog {
  readonly #capture: CaptureLog;
  /** By connection, then by the decoder's number. */
  readonly #known = new Map<ConnectionId, ConnectionFacts[]>();

  constructor(capture: CaptureLog) {
    this.#capture = capture;
  }

  of(index: FrameIndex): ConnectionFacts {
    const id = this.#capture.log.connectionAt(index);
    const decoder = this.#capture.decoded.decoderOf(index);
    let known = this.#known.get(id);
    if (known === undefined) {
      known = [];
      this.#known.set(id, known);
    }
    return (known[decoder] ??= this.#make(id, decoderAt(this.#capture, index) ?? ""));
  }

  #make(id: ConnectionId, decoder: string): ConnectionFacts {
    const { connections, targets } = this.#capture.table;
    const connection: Connection | undefined = connections.get(id);
    if (connection === undefined) return { ...NO_FACTS, id, decoder };
    const target = targets.get(connection.targetKey);
    return {
      id,
      url: connection.url,
      targetType: target?.type ?? null,
      targetName: targetName(target),
      targetUrl: target?.url ?? "",
      subprotocol: chosenSubprotocol(connection),
      decoder,
    };
  }
}

const NO_FACTS: ConnectionFacts = { id: 0, url: "", targetType: null, targetName: "", targetUrl: "", subprotocol: "", decoder: "" };
