import type * as Fzstd from "fzstd";
import { UnpackStream } from "./unpack-stream.ts";
import { ZstdFrames } from "./zstd-frames.ts";

let library: typeof Fzstd | undefined;

/** To be awaited before `unzstdStream`: see `Decoder.load`. */
export async function loadZstd(): Promise<void> {
  library ??= await import("fzstd");
}

/**
 * A zstd stream (RFC 8878) over one message or many, and where its blocks end. Memory: the window that its frames ask for, of at
 * most `MOST_UNPACKED`, and what comes of one message.
 */
export function unzstdStream(): { readonly stream: UnpackStream; readonly frames: ZstdFrames } {
  const frames = new ZstdFrames();
  const stream = new UnpackStream((take) => {
    if (library === undefined) throw new Error("fzstd is asked before it is loaded.");
    const unpacker = new library.Decompress(take);
    return (piece) => {
      // The library allocates what a header asks for, and waits for blocks that cannot be.
      if (frames.take(piece).problem !== undefined) throw new Error("These are no blocks of zstd.");
      unpacker.push(piece);
    };
  });
  return { stream, frames };
}
