import { DECODERS } from "../decode/registry.ts";
import type { DecodedColumns } from "../log/decoded-columns.ts";
import type { MessageColumns } from "../log/frame-messages.ts";
import { connectionId, frameIndex } from "../model/units.ts";
import type { CompiledQuery } from "../query/compile.ts";
import { PAIR_STATES, type ConnectionFacts } from "../query/query-row.ts";
import type { DecodedPiece, MessagesPiece, ScanPiece, TextPiece } from "../query/scan/piece.ts";
import type { CaptureLog } from "./capture-log.ts";
import { chosenFacts } from "./decoding-facts.ts";
import { factsOf } from "./connection-facts.ts";
import { cutPayloads, cutRows, type CutPayloads } from "./cut-rows.ts";
import { pairAt, pairOf } from "./decoded-row.ts";
import { pairState } from "./log-row.ts";
import { rowPayload } from "./row-text.ts";

/** Whether a query asks for anything that is a message's own, where a frame holds several; else frames are asked. */
export function asksMessages({ needs, needsDecoded }: CompiledQuery): boolean {
  return needsDecoded || needs.has("labels") || needs.has("pairs");
}

/**
 * Copies rows, rising, for the scan thread: of their columns and payloads those that the query reads. `take` gives
 * memory for the payloads. `asksEach`: of frames that hold several messages each is cut out, not the frame.
 */
export function cutPiece(
  capture: CaptureLog,
  places: Uint32Array<ArrayBuffer>,
  compiled: CompiledQuery,
  take: (size: number) => Uint8Array<ArrayBuffer>,
  asksEach = asksMessages(compiled),
): ScanPiece {
  const { log, decoded, tell } = capture;
  const { needs, needsText, needsDecoded } = compiled;
  const last = places.at(-1);
  if (decoded.messages.frames > 0 && last !== undefined && last < decoded.length && asksEach) {
    const several = places.filter((row) => decoded.holdsSeveral(row));
    if (several.length > 0) {
      const others = cutPiece(capture, places.filter((row) => !decoded.holdsSeveral(row)), compiled, take, false);
      return { ...others, messages: cutMessages(capture, several, compiled) };
    }
  }
  const { rows, bits, times, sizes, connections } = cutRows(log, places);
  const { connectionOf, list } = connectionFactsOf(capture, connections);
  const count = rows.length;
  const pairs = needs.has("pairs") ? new Uint8Array(count) : null;
  const latencies = needs.has("pairs") ? new Float64Array(count).fill(Number.NaN) : null;
  const pinned = needs.has("pins") ? new Uint8Array(count) : null;
  if (pairs !== null || latencies !== null || pinned !== null) {
    rows.forEach((row, i) => {
      const index = frameIndex(row);
      const pair = pairs === null ? null : pairAt(capture, index);
      if (pairs !== null) pairs[i] = PAIR_STATES.indexOf(pairState(pair));
      if (latencies !== null) latencies[i] = pair?.latency ?? Number.NaN;
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
    payload: needsText || needsDecoded ? cutPayloads(log, { rows, bits, times, sizes, connections }, { take, words: (index) => rowPayload(log, tell, index) }) : null,
    messages: null,
    derived: needsDecoded || needsText ? cutDerived(capture, rows) : NONE_DERIVED,
  };
}

/** The messages of rows that hold several, each as a row. */
function cutMessages(capture: CaptureLog, several: Uint32Array<ArrayBuffer>, compiled: CompiledQuery): MessagesPiece {
  const { decoded, log } = capture;
  const { needs, needsText, needsDecoded } = compiled;
  const rows: number[] = [];
  const places: number[] = [];
  for (const row of several) {
    for (let place = 0, count = decoded.messages.countOf(row); place < count; place++) {
      rows.push(row);
      places.push(place);
    }
  }
  const messages = rows.map((row, i) => decoded.messages.at({ row, message: places[i] as number }));
  const of = (read: (message: MessageColumns) => number): Uint32Array<ArrayBuffer> => Uint32Array.from(messages, read);
  const frames = cutRows(log, Uint32Array.from(rows));
  const { connectionOf, list } = connectionFactsOf(capture, frames.connections);
  const pairs = needs.has("pairs") ? rows.map((row, i) => pairOf(capture, frameIndex(row), places[i] as number)) : null;
  const labels = of(({ label }) => label);
  const texts = { topics: of(({ topic }) => topic), ids: of(({ id }) => id), answers: of(({ answers }) => answers) };
  return {
    ...frames,
    sizes: Uint32Array.from(rows, (row) => log.sizeAt(frameIndex(row)) ?? 0),
    connectionOf,
    connections: list,
    pairs: pairs && Uint8Array.from(pairs, (pair) => PAIR_STATES.indexOf(pairState(pair))),
    latencies: pairs && Float64Array.from(pairs, (pair) => pair?.latency ?? Number.NaN),
    pinned: needs.has("pins") ? Uint8Array.from(rows, (row) => Number(capture.marks.get(frameIndex(row))?.pinned === true)) : null,
    decoded: {
      labels,
      names: namesOf(decoded.names, [labels]),
      kinds: Uint8Array.from(messages, ({ kind }) => kind),
      decoders: Uint8Array.from(rows, (row) => decoded.decoderOf(row)),
      // Numbers are looked at in frames that are one message.
      sequences: new Uint8Array(rows.length),
      decoderIds: DECODER_IDS,
      texts: needs.has("ids") ? { ...texts, topicNames: namesOf(decoded.topicNames, [texts.topics]), idNames: namesOf(decoded.idNames, [texts.ids, texts.answers]) } : null,
    },
    payload: needsText || needsDecoded ? cutMessagePayloads(capture, rows, messages) : null,
    messages: null,
    derived: NONE_DERIVED,
    places: Uint16Array.from(places),
  };
}

function cutMessagePayloads({ log }: CaptureLog, rows: readonly number[], messages: readonly MessageColumns[]): CutPayloads {
  const ends = new Uint32Array(messages.length);
  let size = 0;
  for (const [i, { from, to }] of messages.entries()) ends[i] = size += to - from;
  const bytes = new Uint8Array(size);
  for (const [i, { from, to }] of messages.entries()) {
    try {
      bytes.set(log.payloadRange(frameIndex(rows[i] as number), from, to), (ends[i] as number) - (to - from));
    } catch {
      // A payload that cannot be read back from disk is all zeros, as elsewhere.
    }
  }
  return { bytes, ends };
}

const NONE_DERIVED: ReadonlyMap<number, Uint8Array> = new Map();

function cutDerived({ decoded: { derived } }: CaptureLog, rows: Uint32Array): ReadonlyMap<number, Uint8Array> {
  if (derived.isEmpty) return NONE_DERIVED;
  const found = new Map<number, Uint8Array>();
  rows.forEach((row, place) => {
    const bytes = derived.of(row);
    // A copy: its page goes on in the log's memory.
    if (bytes !== undefined) found.set(place, bytes.slice());
  });
  return found;
}

/** Null where decoding has not reached all of the rows. */
function cutDecoded({ decoded }: CaptureLog, rows: Uint32Array, needsIds: boolean): DecodedPiece | null {
  const count = rows.length;
  const first = rows[0];
  const last = rows[count - 1];
  if (first === undefined || last === undefined || last >= decoded.length) return null;
  const { labels, kinds, decoders, sequences } = last - first === count - 1 ? decoded.slice(first, last + 1) : decoded.pick(rows);
  return { labels, names: namesOf(decoded.names, [labels]), kinds, decoders, sequences, decoderIds: DECODER_IDS, texts: needsIds ? cutTexts(decoded, rows) : null };
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
      place = list.push(chosenFacts(factsOf(capture.table, connectionId(id)), capture.decoding.choiceOf(id))) - 1;
      places.set(id, place);
    }
    connectionOf[i] = place;
  }
  return { connectionOf, list };
}
