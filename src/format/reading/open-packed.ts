import { Refusal } from "../../model/refusal.ts";
import { say, type Told } from "../../model/said.ts";
import type { ByteStream, ImportFile, ImportInput } from "../import-format.ts";
import { streamFile } from "./byte-stream.ts";
import { unpackStream } from "./unpack-stream.ts";
import { zipEntries, zipStart, type ZipEntry } from "./zip-entries.ts";

/** What is to be read of a file. */
export interface Packed {
  /** Of a file in another, its name there; empty for a file that is none. */
  readonly name: string;
  /** Good until the next file is asked for. */
  readonly head: Uint8Array;
  readonly input: ImportInput;
}

/** Bytes by which it is told what a file is. */
const HEAD = 1 << 16;
/** Files of an archive that are looked at. */
const MOST_LOOKED_AT = 1000;
/** What macOS packs beside each file. */
const OF_MACOS = "__MACOSX/";

/**
 * The files that are to be read of one: itself, what is packed in it, or those of a zip archive. `leaveOut` is told each that
 * is not among them though it might be. Throws a `Refusal` where it cannot be unpacked.
 */
export function* openPacked(file: ImportFile, leaveOut: (name: string, why: Told) => void): Generator<Packed, void, void> {
  const memory = new Uint8Array(HEAD);
  const packedOf = (name: string, open: () => ByteStream, beside: ImportInput["beside"] = () => undefined): Packed => ({ name, head: headOf(open(), memory), input: { open, beside } });
  const start = headOf(streamFile(file, 0, Math.min(file.size, HEAD)), memory);
  if (isGzip(start)) return yield packedOf("", () => unpackStream(streamFile(file), "gzip"));
  if (!isZip(start)) return yield packedOf("", () => streamFile(file));
  const entries = zipEntries(file);
  if (entries === undefined) throw new Refusal(say("import.no-zip"));
  const streamOf = (entry: ZipEntry): ByteStream | undefined => {
    const from = zipStart(file, entry);
    if (from === undefined || entry.isEncrypted || (entry.method !== 0 && entry.method !== 8)) return undefined;
    const packed = streamFile(file, from, Math.min(file.size, from + entry.packed));
    return entry.method === 0 ? packed : unpackStream(packed, "deflate");
  };
  let byName: ReadonlyMap<string, ZipEntry> | undefined;
  const beside = (name: string): ByteStream | undefined => {
    // Of two of one name the first counts.
    const entry = (byName ??= new Map(entries.toReversed().map((one) => [one.name, one]))).get(name);
    return entry === undefined ? undefined : streamOf(entry);
  };
  const files = entries.filter(({ name }) => !name.endsWith("/") && !name.startsWith(OF_MACOS));
  // Framescope's own: payloads stand beside it, which can be anything.
  const own = files.find(({ name }) => name === "capture.json");
  if (own !== undefined) return yield packedOf(own.name, () => streamOf(own) ?? NOTHING, beside);
  // Of what Playwright packs, the HAR alone is read by itself; bodies of pages stand beside it.
  const hars = files.filter(({ name }) => /\.har$/i.test(name));
  const wanted = hars.length > 0 ? hars : files;
  for (const entry of wanted.slice(0, MOST_LOOKED_AT)) {
    if (streamOf(entry) === undefined) leaveOut(entry.name, say("import.zip-method"));
    else yield packedOf(entry.name, () => streamOf(entry) ?? NOTHING, beside);
  }
  for (const { name } of wanted.slice(MOST_LOOKED_AT)) leaveOut(name, say("import.most-files", { most: MOST_LOOKED_AT }));
}

const NOTHING: ByteStream = { next: () => undefined, share: 1 };

function headOf(stream: ByteStream, head: Uint8Array): Uint8Array {
  let length = 0;
  for (let piece = stream.next(); piece !== undefined && length < HEAD; piece = stream.next()) {
    const part = piece.subarray(0, HEAD - length);
    head.set(part, length);
    length += part.length;
  }
  return head.subarray(0, length);
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;
const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
