import type { ExportFrame, ExportOptions, ExportSource, ExportTotals, ExportWriter } from "../../src/format/export-format.ts";
import type { Connection, Target } from "../../src/model/connection.ts";
import { eventBits, messageBits, OPCODE_BINARY, OPCODE_TEXT, type Direction } from "../../src/model/frame.ts";
import { connectionId, epochMilliseconds, frameIndex, monotonicSeconds, type EpochMilliseconds } from "../../src/model/units.ts";
import { en } from "../words/speakers.ts";

const utf8 = new TextEncoder();

/** The wall clock at the capture's monotonic 0. */
const CLOCK_START = 1_795_175_556_000;
export const at = (seconds: number): EpochMilliseconds => epochMilliseconds(CLOCK_START + seconds * 1000);

const row = (change: Partial<ExportFrame>, bytes: Uint8Array): ExportFrame => ({
  row: frameIndex(0),
  connection: connectionId(1),
  kind: "message",
  direction: "sent",
  opcode: OPCODE_TEXT,
  origin: "page",
  time: at(2),
  unreported: false,
  pinned: false,
  note: "",
  madeFrom: undefined,
  size: bytes.length,
  decoded: undefined,
  stored: {
    time: monotonicSeconds(((change.time ?? at(0)) - CLOCK_START) / 1000),
    bits: change.kind === undefined || change.kind === "message" ? messageBits(change.direction ?? "sent", change.opcode ?? OPCODE_TEXT, false, change.unreported ?? false) : eventBits(change.kind),
    length: bytes.length,
    payload: () => bytes,
  },
  payload: () => bytes,
  ...change,
  isDecoded: change.decoded !== undefined,
});

type Time = EpochMilliseconds | null;

export const text = (direction: Direction, data: string, time: Time = at(2)): ExportFrame =>
  row({ direction, time }, utf8.encode(data));

export const binary = (direction: Direction, bytes: Uint8Array, time: Time = at(2)): ExportFrame =>
  row({ direction, time, opcode: OPCODE_BINARY }, bytes);

export const textBytes = (bytes: Uint8Array): ExportFrame => row({}, bytes);

/** What Chrome reports of `send(blob)`. */
export const unreported = (time = at(2)): ExportFrame =>
  row({ opcode: OPCODE_BINARY, time, unreported: true }, new Uint8Array());

export const event = (kind: Exclude<ExportFrame["kind"], "message">, words = "", time = at(2)): ExportFrame =>
  row({ kind, direction: undefined, opcode: 0, time }, utf8.encode(words));

const PAGE: Target = { key: "page", type: "page", url: "http://shop.test:8731/" };

/** A source over rows of each connection in turn. */
export function aSource(
  connections: readonly Connection[],
  rows: Readonly<Record<number, readonly ExportFrame[]>> = {},
  targets: readonly Target[] = [PAGE],
): ExportSource {
  const all = Object.entries(rows)
    .flatMap(([id, list]) => list.map((one) => ({ ...one, connection: connectionId(Number(id)) })))
    .map((one, number) => ({ ...one, row: frameIndex(number) }));
  return {
    connections,
    targets: new Map(targets.map((target) => [target.key, target])),
    clock: { anchors: [{ monotonic: monotonicSeconds(0), wallTime: CLOCK_START / 1000 }], toEpoch: (time) => at(time) },
    frames: (id) => rows[id] ?? [],
    rows: () => all,
    length: all.length,
    lost: 0,
    decoderChoice: () => ({ decoder: null, schema: undefined }),
    answers: [],
    messagesBehindAnswers: () => all.filter(({ kind }) => kind === "message"),
  };
}

export interface Written {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly pieces: readonly number[];
  readonly totals: ExportTotals;
}

export const OPTIONS: ExportOptions = { sensitive: false, tell: en.tell, version: "0.1.0", title: "shop.test", now: at(60) };

/** Runs an export to its end; `isText`: what it writes is UTF-8. */
export function write(format: ExportWriter, source: ExportSource, options: Partial<ExportOptions> = {}, isText = true): Written {
  const pieces: Uint8Array[] = [];
  const generator = format.write(source, { ...OPTIONS, ...options });
  for (;;) {
    const next = generator.next();
    if (next.done === true) {
      const bytes = Buffer.concat(pieces);
      // A fatal decoder: an export is valid UTF-8, whatever went in.
      const decoded = isText ? new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) : "";
      return { bytes, text: decoded, pieces: pieces.map(({ length }) => length), totals: next.value };
    }
    pieces.push(next.value);
  }
}
