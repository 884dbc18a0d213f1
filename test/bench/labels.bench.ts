/** The rows of docs/performance.md about labels: what the decode thread does, in Node, against the libraries on the same frames. */
import { decodePacket } from "engine.io-parser";
import { Decoder } from "socket.io-parser";
import { loadDecoder } from "../../src/decode/decoder-loads.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import { createDecodeResponder, type DecodeAnswer } from "../../src/engine/decode-thread.ts";
import type { CutPayloads, CutRows } from "../../src/engine/cut-rows.ts";
import { messageBits, type Direction } from "../../src/model/frame.ts";
import { feedText, median, type BenchRow } from "./measure.ts";

const FRAME_BYTES = 200;
const PIECE_ROWS = Math.floor((1 << 20) / FRAME_BYTES);
/** As much as fits a small machine's memory; the pieces are decoded again and again until the frames are through. */
const PIECES = 40;
const FACTS = { subprotocol: "", chosen: null, without: [] } as const;

interface Piece {
  readonly number: number;
  readonly rows: CutRows;
  readonly payloads: CutPayloads;
}

interface Subject {
  readonly name: string;
  readonly yardstick: string;
  readonly limit: number;
  readonly url: string;
  /** The frame's text and direction. */
  readonly frame: (index: number) => readonly [text: string, direction: Direction];
  readonly read: (text: string) => void;
}

const packets = new Decoder();

const SUBJECTS: readonly Subject[] = [
  {
    name: "Socket.IO",
    yardstick: "`engine.io-parser` and `socket.io-parser` on each",
    limit: 3,
    url: "wss://shop.test/socket.io/?EIO=4&transport=websocket",
    frame: socketIoFrame,
    read: (text) => {
      const { type, data } = decodePacket(text);
      if (type === "message") packets.add(data);
    },
  },
  { name: "JSON", yardstick: "`JSON.parse` of each", limit: 1.5, url: "wss://feed.test/", frame: jsonFrame, read: (text) => void JSON.parse(text) },
];

/** Of ten frames one is an order, and one its acknowledgement. */
function socketIoFrame(index: number): readonly [string, Direction] {
  const id = Math.floor(index / 10);
  if (index % 10 === 3) return [padded(`42${id}["order:place",{"sym":"BTC-USD","qty":${index % 100},"note":"`, '"}]'), "sent"];
  if (index % 10 === 7) return [padded(`43${id}[{"ok":true,"order":${index},"note":"`, '"}]'), "received"];
  return [`42["tick",${feedText(index, FRAME_BYTES - 10)}]`, "received"];
}

function jsonFrame(index: number): readonly [string, Direction] {
  const id = Math.floor(index / 10);
  if (index % 10 === 3) return [padded(`{"type":"order","id":${id},"sym":"BTC-USD","qty":${index % 100},"note":"`, '"}'), "sent"];
  if (index % 10 === 7) return [padded(`{"type":"ack","id":${id},"ok":true,"order":${index},"note":"`, '"}'), "received"];
  return [feedText(index, FRAME_BYTES), "received"];
}

const padded = (head: string, tail: string): string => head.padEnd(FRAME_BYTES - tail.length, "lorem ipsum dolor ") + tail;

export async function main(frames = 1_000_000, rounds = 5): Promise<readonly BenchRow[]> {
  await Promise.all(DECODERS.map(loadDecoder));
  const rows: BenchRow[] = [];
  for (const subject of SUBJECTS) {
    const pieces = makePieces(subject);
    const passes = Math.max(1, Math.round(frames / (PIECES * PIECE_ROWS)));
    const [ours, theirs]: [number[], number[]] = [[], []];
    // The first round only warms both up.
    for (let round = 0; round <= rounds; round++) {
      let [time, yardstick] = [0, 0];
      for (let pass = 0; pass < passes; pass++) {
        const label = labelling(subject, round * passes + pass);
        for (const piece of pieces) {
          const began = performance.now();
          readAll(piece, subject);
          const read = performance.now();
          label(piece);
          yardstick += read - began;
          time += performance.now() - read;
        }
      }
      if (round === 0) continue;
      ours.push(time);
      theirs.push(yardstick);
    }
    const [value, read] = [median(ours), median(theirs)];
    rows.push({ name: `labels of ${(passes * PIECES * PIECE_ROWS).toLocaleString("en-US")} frames of 200 B: ${subject.name}`, yardstick: `decode in 1 MB pieces, and ${subject.yardstick}`, value: value / read, limit: subject.limit, unit: "x", detail: `${value.toFixed(0)} ms against ${read.toFixed(0)} ms` });
    // Lets timers and messages through between two long runs.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return rows;
}

/** The decode thread with a log of its own, which it is told of piece by piece. */
function labelling({ url }: Subject, generation: number): (piece: Piece) => void {
  const respond = createDecodeResponder();
  return ({ number, rows, payloads }) => {
    let answer: DecodeAnswer | undefined;
    respond(
      {
        generation,
        rows,
        payloads,
        connections: number === 0 ? [{ id: 1, url, ...FACTS }] : [],
        interrupts: [],
        isCareful: false,
      },
      (found) => {
        answer = found;
      },
    );
    if (answer?.labels.includes(0) !== false) throw new Error("Frames without a label were measured.");
    if (answer.pairs.length < (PIECE_ROWS / 10 - 2) * 4) throw new Error("Frames without their pairs were measured.");
  };
}

const decoder = new TextDecoder();

/** Each frame as the library takes it, its text cut out of the decoded piece: the quickest way to have one. */
function readAll({ payloads: { bytes, ends } }: Piece, { read }: Subject): void {
  const text = decoder.decode(bytes);
  let from = 0;
  for (const to of ends) {
    read(text.slice(from, to));
    from = to;
  }
}

function makePieces({ frame }: Subject): readonly Piece[] {
  return Array.from({ length: PIECES }, (_, number) => {
    const frames = Array.from({ length: PIECE_ROWS }, (__, i) => frame(number * PIECE_ROWS + i));
    let end = 0;
    const rows = Uint32Array.from(frames, (__, i) => number * PIECE_ROWS + i);
    const payloads = { bytes: new Uint8Array(Buffer.from(frames.map(([text]) => text).join(""))), ends: Uint32Array.from(frames, ([text]) => (end += text.length)) };
    return {
      number,
      rows: { rows, bits: Uint16Array.from(frames, ([, direction]) => messageBits(direction, 1, false, false)), times: Float64Array.from(rows, (row) => row / 5000), sizes: new Uint32Array(PIECE_ROWS).fill(FRAME_BYTES), connections: new Uint32Array(PIECE_ROWS).fill(1) },
      payloads,
    };
  });
}
