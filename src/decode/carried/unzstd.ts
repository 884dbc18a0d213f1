import { lazily } from "../lazily.ts";
import { MOST_UNPACKED, PIECE, UnpackStream } from "./unpack-stream.ts";
import { MOST_BLOCK, ZstdBlocks } from "./zstd-blocks.ts";
import { BLOCK_HEAD, MOST_HEAD, ZstdFrames } from "./zstd-frames.ts";

const library = lazily(() => import("fzstd"));

/** To be awaited before `unzstdStream`: see `Decoder.load`. */
export const loadZstd = library.load;

/** Bytes of windows that may be moved before much comes of them, and again with each message: a second and a tenth of one. */
const WINDOWS_AT_FIRST = 4 * 2 ** 30;
const WINDOWS_A_MESSAGE = 2 ** 28;
/** And for each byte that comes of them: what full blocks take in the largest window. */
const WINDOWS_A_BYTE = MOST_UNPACKED / MOST_BLOCK;

/**
 * A zstd stream (RFC 8878) over one message or many, and where its blocks end. Memory: the window that its frames ask for, of at
 * most `MOST_UNPACKED`, and what comes of one message.
 */
export function unzstdStream(): { readonly stream: UnpackStream; readonly frames: ZstdFrames } {
  const frames = new ZstdFrames(new ZstdBlocks());
  let room = WINDOWS_AT_FIRST;
  const stream = new UnpackStream((take) => {
    const unpacker = new (library.get().Decompress)((part) => {
      room = Math.min(WINDOWS_AT_FIRST, room + part.length * WINDOWS_A_BYTE);
      take(part);
    });
    let given = 0;
    const give = (piece: Uint8Array, isLast: boolean): void => {
      // The library allocates what a header asks for, waits for blocks that cannot be, and has no end with some that can.
      const before = frames.windows;
      if (frames.take(piece).problem !== undefined) throw new Error("These are no blocks of zstd.");
      // With each block, be it empty, the library moves all of a window.
      room -= frames.windows - before;
      if (room < 0) throw new Error("These are blocks of next to nothing.");
      unpacker.push(piece, isLast);
      given += piece.length;
    };
    return (piece, isLast) => {
      give(piece, isLast);
      // The library waits for as many bytes as the longest head has. Blocks without a byte stand for what is missing of them.
      if (!isLast && given < MOST_HEAD && frames.expects === "block") give(new Uint8Array(Math.ceil((MOST_HEAD - given) / BLOCK_HEAD) * BLOCK_HEAD), false);
      // A piece that is not full is a message's last.
      if (piece.length < PIECE) room = Math.max(room, WINDOWS_A_MESSAGE);
    };
  });
  return { stream, frames };
}
