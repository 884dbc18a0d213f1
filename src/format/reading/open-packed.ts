import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { ByteStream, ImportFile, ImportInput } from "../import-format.ts";
import { streamFile } from "./byte-stream.ts";
import { unpackStream } from "./unpack-stream.ts";
import { zipEntries, zipStart, type ZipEntry } from "./zip-entries.ts";

/** What is to be read of a file. */
export interface Packed {
  /** Of a file in another, its name there; empty for a file that is none. */
  readonly name: string;
  readonly head: Uint8Array;
  readonly input: ImportInput;
}

/** Bytes by which it is told what a file is. */
const HEAD = 1 << 16;
/** Files of an archive that are looked at. */
const MOST_LOOKED_AT = 1000;

/** The files that are to be read of one: itself, what is packed in it, or those of a zip archive. Throws a `Refusal` where it cannot be unpacked. */
export function openPacked(file: ImportFile): readonly Packed[] {
  const start = headOf(streamFile(file, 0, Math.min(file.size, HEAD)));
  if (isGzip(start)) return [packedOf("", () => unpackStream(streamFile(file), "gzip"))];
  if (!isZip(start)) return [packedOf("", () => streamFile(file))];
  const entries = zipEntries(file);
  if (entries === undefined) throw new Refusal(say("import.no-zip"));
  const streamOf = (entry: ZipEntry): ByteStream | undefined => {
    const from = zipStart(file, entry);
    if (from === undefined || entry.isEncrypted || (entry.method !== 0 && entry.method !== 8)) return undefined;
    const packed = streamFile(file, from, Math.min(file.size, from + entry.packed));
    return entry.method === 0 ? packed : unpackStream(packed, "deflate");
  };
  const beside = (name: string): ByteStream | undefined => {
    const entry = entries.find((one) => one.name === name);
    return entry === undefined ? undefined : streamOf(entry);
  };
  const files = entries.filter(({ name }) => !name.endsWith("/"));
  // Framescope's own: payloads stand beside it, which can be anything.
  const own = files.find(({ name }) => name === "capture.json");
  if (own !== undefined) return [packedOf(own.name, () => streamOf(own) ?? NOTHING, beside)];
  // Of what Playwright packs, the HAR alone is read by itself; bodies of pages stand beside it.
  const hars = files.filter(({ name }) => /\.har$/i.test(name));
  return (hars.length > 0 ? hars : files.slice(0, MOST_LOOKED_AT)).flatMap((entry) => {
    if (streamOf(entry) === undefined) throw new Refusal(say("import.zip-method"));
    return packedOf(entry.name, () => streamOf(entry) ?? NOTHING, beside);
  });
}

const NOTHING: ByteStream = { next: () => undefined, share: 1 };

function packedOf(name: string, open: () => ByteStream, beside: ImportInput["beside"] = () => undefined): Packed {
  return { name, head: headOf(open()), input: { open, beside } };
}

function headOf(stream: ByteStream): Uint8Array {
  const head = new Uint8Array(HEAD);
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
