import { lazily } from "../lazily.ts";
import { UnpackStream } from "./unpack-stream.ts";
import { ZstdFrames } from "./zstd-frames.ts";

const library = lazily(() => import("fzstd"));

/** To be awaited before `unzstdStream`: see `Decoder.load`. */
export const loadZstd = library.load;

/**
 * A zstd stream (RFC 8878) over one message or many, and where its blocks end. Memory: the window that its frames ask for, of at
 * most `MOST_UNPACKED`, and what comes of one message.
 */
export function unzstdStream(): { readonly stream: UnpackStream; readonly frames: ZstdFrames } {
  const frames = new ZstdFrames();
  const stream = new UnpackStream((take) => {
    const unpacker = new (library.get().Decompress)(take);
    return (piece) => {
      // The library allocates what a header asks for, and waits for blocks that cannot be.
      if (frames.take(piece).problem !== undefined) throw new Error("These are no blocks of zstd.");
      unpacker.push(piece);
    };
  });
  return { stream, frames };
}
