import { Gunzip, Inflate } from "fflate";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { ByteStream } from "../import-format.ts";
import { GrowingBytes } from "./growing-bytes.ts";

/** What is packed may become so many times as long, past what is little all the same. JSON that repeats itself becomes 50 times. */
const MOST_TIMES = 300;
const LITTLE = 1 << 26;
/** A byte becomes a thousand at most: so much goes in at once. */
const PIECE = 1 << 13;

/** What stands packed in a stream, as `gzip` or as the bare `deflate` of a zip. What is no such thing, or grows without end, is a `Refusal` where it begins to be. */
export function unpackStream(packed: ByteStream, form: "gzip" | "deflate"): ByteStream {
  const out: Uint8Array[] = [];
  const unpack = form === "gzip" ? new Gunzip() : new Inflate();
  unpack.ondata = (bytes) => void (bytes.length > 0 && out.push(bytes));
  // The head of gzip must be there in one piece.
  let piece: Uint8Array | undefined = firstOf(packed);
  let at = 0;
  let taken = 0;
  let given = 0;

  function push(): void {
    if (piece !== undefined && at === piece.length) {
      piece = packed.next();
      at = 0;
    }
    if (piece === undefined) return;
    const part = piece.subarray(at, at + PIECE);
    at += part.length;
    taken += part.length;
    try {
      unpack.push(part);
    } catch (error) {
      // What was unpacked by then is good.
      piece = undefined;
      if (out.length === 0) throw new Refusal(say("import.no-gzip"), { cause: error });
    }
  }

  return {
    next: () => {
      while (out.length === 0 && piece !== undefined) push();
      const bytes = out.shift();
      given += bytes?.length ?? 0;
      if (given > LITTLE && given > taken * MOST_TIMES) throw new Refusal(say("import.bomb", { times: MOST_TIMES }));
      return bytes;
    },
    get share() {
      return packed.share;
    },
  };
}

function firstOf(packed: ByteStream): Uint8Array {
  const first = new GrowingBytes(PIECE);
  for (let next = packed.next(); next !== undefined; next = packed.next()) {
    first.push(next);
    if (first.length >= PIECE) break;
  }
  return first.taken;
}
