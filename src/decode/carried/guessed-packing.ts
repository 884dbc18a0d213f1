import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { isUtf8 } from "../utf8-text.ts";
import { carry } from "./carry.ts";
import type { Unpacked } from "./unpack-stream.ts";
import { packedLayer, unpackedNone, unpackProblem } from "./unpacked.ts";
import { MOST_BEFORE } from "./wrappings.ts";

/** Messages of a connection that are tried, while none was it: it has no mark of its own. */
const MOST_TRIED = 16;
/** A shorter text proves nothing. */
const LEAST_BYTES = 12;
/** Fewer bytes unpack to what anybody may mean. */
const LEAST_PACKED = 8;

/** A compression without a mark. */
export interface GuessedPacking {
  /** Whether a message can be its own. Cheap. */
  readonly mayBe: (frame: FrameToDecode) => boolean;
  readonly unpack: (bytes: Uint8Array) => Unpacked;
}

/** Sure only where a message unpacks to its end and what comes of it is a text that begins and ends as JSON. */
export function openGuessed(self: Pick<Decoder, "id" | "name">, packing: GuessedPacking, context: DecodeContext): DecodeSession {
  let tried = 0;
  let isExpected = false;
  const tell = (frame: FrameToDecode, { bytes, end }: Unpacked, start: number): Decoded =>
    carry(self, context, frame, bytes, { layer: packedLayer(self, start, frame.bytes.length, bytes.length, unpackProblem(end, self.name)) });
  return {
    decode: (frame) => {
      const { bytes } = frame;
      if (context.isPinned) {
        const { start, found } = findPacked(packing, bytes);
        return found.end === "broken" ? unpackedNone(self, bytes.length) : tell(frame, found, start);
      }
      if (!packing.mayBe(frame) || (!isExpected && tried >= MOST_TRIED)) return undefined;
      tried++;
      const found = packing.unpack(bytes);
      if (found.end !== "whole" || !looksLikeJson(found.bytes)) return undefined;
      isExpected = true;
      return tell(frame, found, 0);
    },
  };
}

/** Where the user says that it is packed, it may stand behind a few bytes of a vendor's: from the first on that unpacks to its end. */
function findPacked({ unpack }: GuessedPacking, bytes: Uint8Array): { readonly start: number; readonly found: Unpacked } {
  const first = unpack(bytes);
  if (first.end !== "broken") return { start: 0, found: first };
  for (let start = 1; start <= Math.min(MOST_BEFORE, bytes.length - LEAST_PACKED); start++) {
    const found = unpack(bytes.subarray(start));
    if (found.end === "whole" && found.bytes.length > 0) return { start, found };
  }
  return { start: 0, found: first };
}

const BEGINS = /^[[{]\s*[\]}"[{\dtfn-]/;
const ENDS = /[\]}]\s*$/;
/** As SignalR ends a record: it may stand behind it. */
const RECORD_END = "\u001e";
/** Bytes at either end that are looked at. */
const LOOKED_AT = 32;

/** A byte that unpacks to many of itself, as bytes of others do now and then, begins as JSON too: it does not end so. */
function looksLikeJson(bytes: Uint8Array): boolean {
  if (bytes.length <= LEAST_BYTES || !BEGINS.test(asLatin1(bytes.subarray(0, LOOKED_AT))) || !ENDS.test(asLatin1(bytes.subarray(-LOOKED_AT)).replaceAll(RECORD_END, " "))) return false;
  return isUtf8(bytes, 0, bytes.length);
}

const asLatin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
