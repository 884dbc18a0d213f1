/** Messages that are compressed: a feed as many exchanges and chats send it, each message by itself or all as one stream. */
import { spawnSync } from "node:child_process";
import { brotliCompressSync, constants, createDeflate, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { canInstall, installPackages } from "../debian-packages.mjs";
import { serve } from "./recorder.mjs";

/** @typedef {import("./recorder.mjs").Recorder} Recorder */

const MESSAGES = [
  '{"type":"subscribed","channel":"trades","symbols":["BTC-USD","ETH-USD"]}',
  '{"type":"trade","symbol":"BTC-USD","id":9007199254740993,"price":"64000.10","at":"2026-01-02T03:04:05.678Z"}',
  '{"type":"trade","symbol":"ETH-USD","id":9007199254740994,"price":"3100.20","at":"2026-01-02T03:04:05.680Z"}',
  `{"type":"book","symbol":"BTC-USD","bids":[${Array.from({ length: 20 }, (_, i) => `[${64000 - i},${i + 1}]`).join(",")}]}`,
  '{"type":"heartbeat","at":"2026-01-02T03:04:06.000Z"}',
];
/** What a vendor puts before each: its length. */
const withLength = (/** @type {Uint8Array} */ bytes) => Buffer.concat([Uint8Array.of(bytes.length >> 24, bytes.length >> 16, bytes.length >> 8, bytes.length), bytes]);
const NODE = `Node ${process.version}`;

/** @param {Recorder} recorder */
export const recordGzip = (recorder) => recordEach(recorder, (text) => gzipSync(text), true);
/** @param {Recorder} recorder */
export const recordDeflate = (recorder) => recordEach(recorder, (text) => deflateRawSync(text));
/** @param {Recorder} recorder */
export const recordBrotli = (recorder) => recordEach(recorder, (text) => brotliCompressSync(text));

/** @param {Recorder} recorder */
export async function recordZlib(recorder) {
  await recordEach(recorder, (text) => deflateSync(text), true);
  const deflate = createDeflate();
  const packed = [];
  for (const text of MESSAGES) {
    deflate.write(text);
    await new Promise((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, () => resolve(undefined)));
    packed.push(deflate.read());
  }
  await serve(recorder, "/feed?compress=zlib-stream", packed);
  return NODE;
}

/** Texts within texts, as JavaScript writes them. @param {Recorder} recorder */
export async function recordWrapped(recorder) {
  const wrap = [JSON.stringify, encodeURIComponent, btoa, (/** @type {string} */ text) => `)]}'\n${text}`];
  await serve(recorder, "/wrapped", MESSAGES.map((text, i) => (wrap[i % wrap.length] ?? btoa)(text)));
  return NODE;
}

/** In either order of bytes, the second with its mark. @param {Recorder} recorder */
export async function recordUtf16(recorder) {
  await serve(recorder, "/utf-16", MESSAGES.map((text) => Buffer.from(text, "utf16le")));
  await serve(recorder, "/utf-16-be", MESSAGES.map((text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()));
  return NODE;
}

/** Of Python: Node has none before version 22. The second form is a stream that is flushed, a block a message. */
const PYTHON = `
import base64, json, sys, zstandard
texts = [text.encode() for text in json.load(sys.stdin)]
stream = zstandard.ZstdCompressor().compressobj()
alone = [zstandard.ZstdCompressor(level=19, write_checksum=True).compress(text) for text in texts]
flushed = [stream.compress(text) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) for text in texts]
begun = zstandard.ZstdCompressor().compressobj()
short = [begun.compress(text) + begun.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) for text in [b"[]"] + texts[:2]]
print(json.dumps([zstandard.__version__, zstandard.backend] + [[base64.b64encode(part).decode() for part in parts] for parts in (alone, flushed, short)]))
`;

/** @param {Recorder} recorder */
export async function recordZstd(recorder) {
  if (spawnSync("/usr/bin/python3", ["-c", "import zstandard"]).status !== 0 && (await canInstall())) await installPackages(["python3-zstandard"]);
  const { stdout, status, stderr } = spawnSync("/usr/bin/python3", ["-c", PYTHON], { input: JSON.stringify(MESSAGES), encoding: "utf8" });
  if (status !== 0) throw new Error(`Python cannot pack with zstandard: ${stderr}`);
  const [version, , ...forms] = /** @type {[string, string, string[], string[]]} */ (JSON.parse(stdout));
  const [alone = [], flushed = [], short = []] = forms.map((form) => form.map((text) => Buffer.from(text, "base64")));
  await serve(recorder, "/feed", alone);
  await serve(recorder, "/feed/prefixed", alone.map(withLength));
  await serve(recorder, "/feed?compress=zstd-stream", flushed);
  // Its first message is shorter than a frame's longest head.
  await serve(recorder, "/feed/short", short);
  return `python-zstandard ${version}`;
}

/**
 * @param {Recorder} recorder
 * @param {(text: string) => Uint8Array} pack
 * @param {boolean} [hasMark] It is found behind a prefix, too.
 */
async function recordEach(recorder, pack, hasMark = false) {
  const packed = MESSAGES.map(pack);
  await serve(recorder, "/feed", packed);
  if (hasMark) await serve(recorder, "/feed/prefixed", packed.map(withLength));
  return NODE;
}
