/** The scan-speed rows of docs/performance.md, in Node: each subject against its yardstick, on the same bytes, in turns. */
import { median, type BenchRow } from "./measure.ts";
import { messageBits } from "../../src/model/frame.ts";
import { lendJson } from "../../src/decode/json/read-json.ts";
import { compileQuery } from "../../src/query/compile.ts";
import { parseQuery } from "../../src/query/parse.ts";
import type { MessageReader, ScanPiece } from "../../src/query/scan/piece.ts";
import { scanPiece } from "../../src/query/scan/scan-piece.ts";

const FRAME_BYTES = 200;
const PIECE_ROWS = Math.floor((1 << 20) / FRAME_BYTES);
/** As much as fits a small machine's memory; the pieces are scanned again and again until the frames are through. */
const PIECES = 40;

const BITS = messageBits("received", 1, false, false);
const CONNECTION = { id: 1, url: "wss://feed.example.com/v2", targetType: "page", targetName: "", targetUrl: "", subprotocol: "" } as const;
const CONTEXT = { start: 0, now: 0, anchors: [], utcOffset: 0, searchesUrls: true };
const READER: MessageReader = { plainJson: new Set(["json"]), decode: () => undefined, derivedText: () => undefined, lendJson: (bytes, from, to) => lendJson(bytes, from, to).document };

interface Subject {
  readonly name: string;
  readonly limit: number;
  readonly filter: string;
  readonly yardstick: (piece: Payload) => number;
}

interface Payload {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

const decoder = new TextDecoder();

const SUBJECTS: readonly Subject[] = [
  { name: "word that no frame holds", limit: 1.5, filter: "needle", yardstick: (piece) => countText(piece, "needle") },
  { name: "word that every third frame holds", limit: 1.5, filter: "BTC-USD", yardstick: (piece) => countText(piece, "BTC-USD") },
  { name: "word in text that is not ASCII", limit: 1.5, filter: "needle", yardstick: (piece) => countText(piece, "needle") },
  { name: "pattern", limit: 2, filter: '/"px":64[0-9]{3}/', yardstick: (piece) => countPattern(piece, /"px":64[0-9]{3}/g) },
  { name: "pattern, case alike", limit: 2, filter: "/needle\\d/i", yardstick: (piece) => countPattern(piece, /needle\d/gi) },
  { name: ".px > 64000, one frame in five", limit: 0.5, filter: ".px > 64000", yardstick: countPrices },
  { name: ".px > 64000, no frame", limit: 0.5, filter: ".px > 66000", yardstick: countPrices },
  { name: ".px > 64000, every frame", limit: 0.5, filter: ".px > 1", yardstick: countPrices },
];

export async function main(frames = 1_000_000, rounds = 5): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  // To make them takes longer than to scan them.
  const ascii = makePieces(false);
  for (const subject of SUBJECTS) {
    const { ours, theirs } = measure(subject, subject.name.includes("not ASCII") ? makePieces(true) : ascii, frames, rounds);
    rows.push({
      name: `scan: ${subject.name}`,
      yardstick: subject.yardstick === countPrices ? "decode in 1 MB pieces and `JSON.parse` of each" : "the same over pieces of 1 MB, decoded whole",
      value: ours / theirs,
      limit: subject.limit,
      unit: "x",
      detail: `${ours.toFixed(0)} ms against ${theirs.toFixed(0)} ms`,
    });
    // Lets timers and messages through between two long runs.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return rows;
}

function measure({ filter, yardstick }: Subject, pieces: readonly ScanPiece[], frames: number, rounds: number): { readonly ours: number; readonly theirs: number } {
  const parsed = parseQuery(filter);
  if ("problem" in parsed) throw new Error(parsed.problem.message.code);
  const compiled = compileQuery(parsed.query, CONTEXT);
  const passes = Math.max(1, Math.round(frames / (PIECES * PIECE_ROWS)));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    let time = 0;
    let yardstickTime = 0;
    for (let pass = 0; pass < passes; pass++) {
      for (const piece of pieces) {
        const start = performance.now();
        if (piece.payload !== null) yardstick(piece.payload);
        const middle = performance.now();
        scanPiece(piece, compiled, READER);
        yardstickTime += middle - start;
        time += performance.now() - middle;
      }
    }
    // The first round only warms both up.
    if (round > 0) {
      ours.push(time);
      theirs.push(yardstickTime);
    }
  }
  return { ours: median(ours), theirs: median(theirs) };
}

function countText({ bytes }: Payload, text: string): number {
  const decoded = decoder.decode(bytes);
  let count = 0;
  for (let at = decoded.indexOf(text); at >= 0; at = decoded.indexOf(text, at + 1)) count++;
  return count;
}

function countPattern({ bytes }: Payload, pattern: RegExp): number {
  const decoded = decoder.decode(bytes);
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.test(decoded)) count++;
  return count;
}

/** `JSON.parse` of each frame, its text cut out of the decoded piece: the quickest way to have one. */
function countPrices({ bytes, ends }: Payload): number {
  const decoded = decoder.decode(bytes);
  let count = 0;
  let from = 0;
  for (const to of ends) {
    if ((JSON.parse(decoded.slice(from, to)) as { px: number }).px > 64_000) count++;
    from = to;
  }
  return count;
}

/** Pieces of JSON messages of 200 bytes; the same on every run. */
function makePieces(isWide: boolean): readonly ScanPiece[] {
  let seed = 1;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 0x80000000) / 0x80000000;
  return Array.from({ length: PIECES }, (_, number) => {
    const encoded = Array.from({ length: PIECE_ROWS }, (__, i) => new TextEncoder().encode(message(number * PIECE_ROWS + i, random, isWide)));
    let at = 0;
    const ends = Uint32Array.from(encoded, ({ length }) => (at += length));
    const bytes = new Uint8Array(at);
    encoded.forEach((part, i) => bytes.set(part, (ends[i] ?? 0) - part.length));
    return {
      rows: Uint32Array.from(encoded, (__, i) => number * PIECE_ROWS + i),
      bits: new Uint16Array(PIECE_ROWS).fill(BITS),
      times: new Float64Array(PIECE_ROWS),
      sizes: new Uint32Array(PIECE_ROWS).fill(FRAME_BYTES),
      connectionOf: new Uint32Array(PIECE_ROWS),
      connections: [CONNECTION],
      pairs: null,
      latencies: null,
      pinned: null,
      decoded: {
        names: ["", "trade"],
        decoderIds: ["json"],
        texts: null,
        labels: new Uint32Array(PIECE_ROWS).fill(1),
        kinds: new Uint8Array(PIECE_ROWS).fill(3),
        sequences: new Uint8Array(PIECE_ROWS),
        decoders: new Uint8Array(PIECE_ROWS).fill(1),
      },
      messages: null,
      payload: { bytes, ends },
      derived: new Map(),
    };
  });
}

function message(number: number, random: () => number, isWide: boolean): string {
  const body = {
    type: ["trade", "book", "tick"][number % 3],
    sym: ["BTC-USD", "ETH-USD", "SOL-USD"][number % 3],
    px: 60_000 + Math.floor(random() * 5_000),
    qty: Number((random() * 10).toFixed(4)),
    id: number,
    side: number % 2 === 0 ? "buy" : "sell",
    note: isWide ? "größer als zuvor, 価格" : "",
  };
  const length = new TextEncoder().encode(JSON.stringify(body)).length;
  return JSON.stringify({ ...body, note: body.note + "x".repeat(FRAME_BYTES - length) });
}
