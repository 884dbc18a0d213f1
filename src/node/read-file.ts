import { closeSync, fstatSync, openSync, read as readLater, readSync } from "node:fs";
import type { SearchedFile } from "./byte-search.ts";
import { fileChecksum } from "./file-checksum.ts";
import type { AppendFile } from "../log/payload-pages.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";

/** Bytes of what may be repeated. */
const REPEATED = 4;

/** A file of a capture that is looked at: nothing is ever written to it. Throws what Node says where it cannot be opened. */
export function openToRead(path: string): AppendFile & SearchedFile {
  const handle = openSync(path, "r");
  const { size } = fstatSync(handle);
  const read = (offset: number, into: Uint8Array): number => readSync(handle, into, 0, into.length, offset);
  let repeated = Buffer.alloc(0);
  return {
    size,
    checksum: fileChecksum(read),
    repeats: (offset, length) => {
      if (repeated.length < length) repeated = Buffer.allocUnsafe(length);
      const bytes = repeated.subarray(0, length);
      return read(offset, bytes) === length && bytes.subarray(REPEATED).equals(bytes.subarray(0, -REPEATED));
    },
    append: refuse,
    cutTo: refuse,
    flush: () => {},
    read,
    readLater: (offset, into) => new Promise((resolve) => readLater(handle, into, 0, into.length, offset, (error, count) => resolve(error ?? count))),
    close: () => closeSync(handle),
  };
}

function refuse(): never {
  throw new Refusal(say("node.read-only"));
}
