import { asciiBetween } from "../bytes.ts";
import { say } from "../../../model/said.ts";
import type { SecretKind } from "../secret-kind.ts";

const SMALL_E = 0x65;
const SMALL_Y = 0x79;
const LARGE_J = 0x4a;

/** JSON Web Tokens, signed or encrypted (RFC 7519): three parts or five, of which the first is base64url of `{"`. */
export const jwt = {
  id: "jwt",
  said: say("redact.jwt"),
  inRun: (bytes, from, to) => {
    for (let at = from + 2; at < to; at++) {
      if (bytes[at] !== LARGE_J || bytes[at - 1] !== SMALL_Y || bytes[at - 2] !== SMALL_E) continue;
      const start = at - 2;
      // One that does not begin here does not begin later in the same part either.
      const ends = partEnds(bytes, start, to);
      const length = TOKEN.exec(asciiBetween(bytes, start, ends.at(-1) as number))?.[0].length;
      if (length !== undefined) return { from: start, to: start + length };
      at = Math.max(at, ends[0] as number);
    }
    return undefined;
  },
} as const satisfies SecretKind;

/** The ends of the next parts, as many as a token has. */
function partEnds(bytes: Uint8Array, from: number, to: number): readonly number[] {
  const ends: number[] = [];
  for (let at = from; at < to && ends.length < MOST_PARTS; at++) if (bytes[at] === POINT) ends.push(at);
  return ends.length < MOST_PARTS ? [...ends, to] : ends;
}

const MOST_PARTS = 5;
const POINT = 0x2e;
const TOKEN = /^eyJ[\w-]{8,}\.(?:eyJ[\w-]{4,}\.[\w-]*|[\w-]*\.[\w-]{8,}\.[\w-]{4,}\.[\w-]{8,})/;
