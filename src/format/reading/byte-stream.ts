import type { ByteStream, ImportFile } from "../import-format.ts";

/** Bytes in a piece: some milliseconds of work. */
const PIECE = 1 << 18;

/** Bytes `from` up to `to` of a file. */
export function streamFile(file: ImportFile, from = 0, to = file.size): ByteStream {
  const piece = new Uint8Array(PIECE);
  let at = from;
  return {
    next: () => {
      const count = at < to ? file.read(at, piece.subarray(0, Math.min(PIECE, to - at))) : 0;
      at += count;
      return count === 0 ? undefined : piece.subarray(0, count);
    },
    get share() {
      return file.size === 0 ? 1 : at / file.size;
    },
  };
}
