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
import { MESSAGE_KINDS } from "../../src/model/message-kind.ts";
import { opened } from "../engine/setup-engine.ts";
import { feedText, median, type BenchRow } from "./measure.ts";

const FRAME_BYTES = 200;
const PIECE_ROWS = Math.floor((1 << 20) / FRAME_BYTES);
const ROUNDS = 3;
const FRAMES_A_SECOND = 12_000;
const RECEIVED = messageBits("received", 1, false, false);
const CONNECTION = { id: 1, url: "wss://feed.example.com/v2", targetType: "page", targetName: "", targetUrl: "", subprotocol: "" } as const;
const READER: MessageReader = { plainJson: new Set(["json"]), decode: () => undefined, derivedText: () => undefined, lendJson: (bytes, from, to) => lendJson(bytes, from, to).document };

/** A feed of messages that are numbered, decoded. */
function captureOf(frames: number): CaptureLog {
  const capture = new CaptureLog({ why: "a bench" }, 1 << 29);
  for (let from = 0; from < frames; from += PIECE_ROWS) {
    const count = Math.min(PIECE_ROWS, frames - from);
    const payload = new Uint8Array(Buffer.from(Array.from({ length: count }, (_, i) => feedText(from + i, FRAME_BYTES)).join("")));
    capture.take({ count, times: Float64Array.from({ length: count }, (_, i) => 1001 + (from + i) / 5000), connections: new Uint32Array(count).fill(1), bits: new Uint16Array(count).fill(RECEIVED), lengths: new Uint32Array(count).fill(FRAME_BYTES), payload, events: from === 0 ? opened(1, "wss://feed.example.com/v2").map((event) => ({ at: 0, event })) : [], passed: from + count }, 0);
  }
  const { decoded, log } = capture;
  decoded.addName("tick");
  const kind = MESSAGE_KINDS.indexOf("event") + 1;
  while (decoded.length < log.length) decoded.add({ label: 1, kind, decoder: 1, topic: 0, id: 0, answers: 0, sequence: 0, messages: undefined });
  return capture;
}

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
    { name: `findings over ${frames.toLocaleString("en-US")} frames`, yardstick: "one scan of them for a word that no frame holds", value: value / scanned, limit: 2, unit: "x", detail: `${value.toFixed(0)} ms against ${scanned.toFixed(0)} ms, ${count} found, longest turn ${longest.toFixed(0)} ms` },
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
