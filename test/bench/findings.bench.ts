/** The row of docs/performance.md about findings: all rules over a capture, against one scan of it. In Node. */
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { Findings } from "../../src/engine/findings/findings.ts";
import { lendJson } from "../../src/decode/json/read-json.ts";
import { messageBits } from "../../src/model/frame.ts";
import { frameIndex } from "../../src/model/units.ts";
import { compileQuery } from "../../src/query/compile.ts";
import { parseQuery } from "../../src/query/parse.ts";
import type { MessageReader, ScanPiece } from "../../src/query/scan/piece.ts";
import { scanPiece } from "../../src/query/scan/scan-piece.ts";
import { DIRECT } from "../../src/log/kept-texts.ts";
import { MESSAGE_KINDS, type MessageKind } from "../../src/model/message-kind.ts";
import { opened } from "../engine/setup-engine.ts";
import { median, type BenchRow } from "./measure.ts";

const FRAME_BYTES = 200;
const PIECE_ROWS = Math.floor((1 << 20) / FRAME_BYTES);
const ROUNDS = 3;
const FRAMES_A_SECOND = 12_000;
const RECEIVED = messageBits("received", 1, false, false);
const CONNECTION = { id: 1, url: "wss://feed.example.com/v2", targetType: "page", targetName: "", targetUrl: "", subprotocol: "" } as const;
const READER: MessageReader = { plainJson: new Set(["json"]), decode: () => undefined, derivedText: () => undefined, lendJson: (bytes, from, to) => lendJson(bytes, from, to).document };

/** A row that is not of its connection's predecessor: what looks at rows looks for another connection at each. */
const CONNECTIONS = 200;
const LABELS = ["", "tick", "trade", "book", "order", "ack", "ping", "pong"] as const;
const NUMBERED = ["tick", "trade", "book"] as const;
const SENT = messageBits("sent", 1, false, false);

/** What the n-th row of a connection is: of ten one asks and one answers, and of fifty one is a ping and one its pong; the others are numbered, each type by itself. */
interface Row {
  readonly label: (typeof LABELS)[number];
  readonly kind: MessageKind;
  readonly bits: number;
  /** How many rows of its connection before it the request stands that it answers; 0: it answers none. */
  readonly answers: number;
  readonly text: string;
}

/** `numberOf`: how many of a type came on its connection before. */
function rowOf(index: number, numberOf: (label: Row["label"]) => number): Row {
  const n = Math.floor(index / CONNECTIONS);
  const of = (label: Row["label"], kind: MessageKind, bits: number, answers: number, fields: string): Row => ({ label, kind, bits, answers, text: `${`{"type":"${label}",${fields},"note":"`.padEnd(FRAME_BYTES - 2, "lorem ipsum dolor ")}"}` });
  if (n % 50 === 20) return of("ping", "heartbeat", SENT, 0, `"ts":${n}`);
  if (n % 50 === 21) return of("pong", "heartbeat", RECEIVED, 0, `"ts":${n - 1}`);
  if (n % 10 === 3) return of("order", "request", SENT, 0, `"id":${n},"qty":${n % 100}`);
  if (n % 10 === 7) return of("ack", "answer", RECEIVED, 4, `"id":${n - 4},"ok":true`);
  const label = NUMBERED[n % NUMBERED.length] as Row["label"];
  return of(label, "event", RECEIVED, 0, `"seq":${numberOf(label)},"sym":"BTC-USD","px":${63_000 + ((index * 37) % 2000)}`);
}

/** Many connections that talk at once: numbered feeds, requests with ids and their answers, heartbeats. Decoded. */
function captureOf(frames: number): CaptureLog {
  const capture = new CaptureLog({ why: "a bench" }, 1 << 29);
  const { decoded, log } = capture;
  const numbers = new Uint32Array(CONNECTIONS * LABELS.length);
  for (const name of LABELS.slice(1)) decoded.addName(name);
  for (let from = 0; from < frames; from += PIECE_ROWS) {
    const rows = Array.from({ length: Math.min(PIECE_ROWS, frames - from) }, (_, i) =>
      rowOf(from + i, (label) => {
        const place = ((from + i) % CONNECTIONS) * LABELS.length + LABELS.indexOf(label);
        return (numbers[place] = (numbers[place] as number) + 1);
      }),
    );
    const payload = new Uint8Array(Buffer.from(rows.map(({ text }) => text).join("")));
    const events = from === 0 ? Array.from({ length: CONNECTIONS }, (_, i) => opened(i + 1, `wss://feed.example.com/v2/${i}`)).flat().map((event) => ({ at: 0, event })) : [];
    capture.take({ count: rows.length, times: Float64Array.from(rows, (_, i) => 1001 + (from + i) / 5000), connections: Uint32Array.from(rows, (_, i) => ((from + i) % CONNECTIONS) + 1), bits: Uint16Array.from(rows, ({ bits }) => bits), lengths: new Uint32Array(rows.length).fill(FRAME_BYTES), payload, events, passed: from + rows.length }, 0);
    // The openings are rows of their own.
    while (decoded.length < log.length - rows.length) decoded.add(NOTHING_DECODED);
    for (const [i, { label, kind, answers }] of rows.entries()) {
      const id = kind === "request" || kind === "answer" ? DIRECT + Math.floor((from + i) / CONNECTIONS) - answers : 0;
      decoded.add({ label: LABELS.indexOf(label), kind: MESSAGE_KINDS.indexOf(kind) + 1, decoder: 1, topic: 0, id: kind === "request" ? id : 0, answers: kind === "answer" ? id : 0, sequence: 0, messages: undefined });
      const row = decoded.length - 1;
      if (answers > 0) decoded.pair({ row: row - answers * CONNECTIONS, message: 0 }, { row, message: 0 });
    }
  }
  return capture;
}

const NOTHING_DECODED = { label: 0, kind: 0, decoder: 0, topic: 0, id: 0, answers: 0, sequence: 0, messages: undefined } as const;

export async function main(frames = 1_000_000): Promise<readonly BenchRow[]> {
  const capture = captureOf(frames);
  const scan = scanOf(capture);
  const [ours, theirs]: [number[], number[]] = [[], []];
  let longest = 0;
  let count = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const began = performance.now();
    scan();
    const scanned = performance.now();
    let turn = scanned;
    const found = await new Findings(capture).all(
      { goOn: () => {}, progress: () => {} },
      {
        now: () => performance.now(),
        turns: {
          soon: (callback) => {
            longest = Math.max(longest, performance.now() - turn);
            turn = performance.now();
            queueMicrotask(callback);
          },
        },
      },
    );
    count = found.together.length;
    if (round === 0) continue;
    theirs.push(scanned - began);
    ours.push(performance.now() - scanned);
  }
  const [value, scanned] = [median(ours), median(theirs)];
  // Chrome tells an extension of no more: see the capture's own table.
  const share = (value / 1000 / frames) * FRAMES_A_SECOND;
  return [
    { name: `findings over ${frames.toLocaleString("en-US")} frames of ${CONNECTIONS} connections, numbered, with requests and heartbeats`, yardstick: "one scan of them for a word that no frame holds", value: value / scanned, limit: 2, unit: "x", detail: `${value.toFixed(0)} ms against ${scanned.toFixed(0)} ms, ${count} found, longest turn ${longest.toFixed(0)} ms` },
    { name: `findings of what comes at ${FRAMES_A_SECOND.toLocaleString("en-US")} frames/s, of the engine's thread`, yardstick: "all of it", value: share, limit: 0.02, unit: "x", detail: `${((value * 1e6) / frames).toFixed(0)} ns a frame` },
  ];
}

function scanOf({ log }: CaptureLog): () => void {
  const parsed = parseQuery("needle");
  if ("problem" in parsed) throw new Error(parsed.problem.message.code);
  const compiled = compileQuery(parsed.query, { start: 0, now: 0, anchors: [], utcOffset: 0, searchesUrls: true });
  return () => {
    for (let from = 0; from < log.length; from += PIECE_ROWS) scanPiece(pieceOf(log, from, Math.min(log.length, from + PIECE_ROWS)), compiled, READER);
  };
}

function pieceOf(log: CaptureLog["log"], from: number, to: number): ScanPiece {
  const count = to - from;
  return {
    rows: Uint32Array.from({ length: count }, (_, i) => from + i),
    bits: new Uint16Array(count).fill(RECEIVED),
    times: new Float64Array(count),
    sizes: new Uint32Array(count).fill(FRAME_BYTES),
    connectionOf: new Uint32Array(count),
    connections: [CONNECTION],
    pairs: null,
    latencies: null,
    pinned: null,
    decoded: { names: ["", "tick"], decoderIds: ["json"], texts: null, labels: new Uint32Array(count).fill(1), kinds: new Uint8Array(count).fill(3), decoders: new Uint8Array(count).fill(1), sequences: new Uint8Array(count) },
    messages: null,
    payload: { bytes: log.payloads.read(log.offsetAt(frameIndex(from)), count * FRAME_BYTES) as Uint8Array<ArrayBuffer>, ends: Uint32Array.from({ length: count }, (_, i) => (i + 1) * FRAME_BYTES) },
    derived: new Map(),
  };
}
