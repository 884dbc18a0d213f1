import { asciiBetween, isUserInfoEnd, isWordByte } from "../bytes.ts";
import { afterEscape } from "../json-depth.ts";
import { say } from "../../../model/said.ts";
import type { SecretKind } from "../secret-kind.ts";

/** E-mail addresses (RFC 5321 §4.1.2, without quoted ones). */
export const email = {
  id: "email",
  said: say("redact.email"),
  atSign: (bytes, at) => {
    let from = at;
    while (at - from <= MOST_LOCAL && IN_LOCAL[bytes[from - 1] as number] === 1) from--;
    if (at - from > MOST_LOCAL || bytes[from - 1] === SLASH || bytes[from - 1] === AT_SIGN || bytes[at - 1] === POINT || bytes[at - 1] === PERCENT) return undefined;
    from = afterEscape(bytes, from);
    let to = at + 1;
    while (to - at <= MOST_DOMAIN && IN_DOMAIN[bytes[to] as number] === 1) to++;
    if (from >= at || to - at > MOST_DOMAIN || bytes[to] === AT_SIGN || bytes[to] === UNDERSCORE) return undefined;
    while (bytes[to - 1] === POINT) to--;
    const domain = asciiBetween(bytes, at + 1, to);
    if (!isWordByte(bytes[from] as number) || !DOMAIN.test(domain) || FILE.test(domain) || isUserInfoEnd(bytes, at) !== undefined) return undefined;
    return { from, to };
  },
} as const satisfies SecretKind;

const SLASH = 0x2f;
const AT_SIGN = 0x40;
const POINT = 0x2e;
const PERCENT = 0x25;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;
const IN_LOCAL = new Uint8Array(256);
const IN_DOMAIN = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  if (isWordByte(byte) || "+-.%".includes(String.fromCharCode(byte))) IN_LOCAL[byte] = 1;
  if ((isWordByte(byte) && byte !== UNDERSCORE) || byte === HYPHEN || byte === POINT) IN_DOMAIN[byte] = 1;
}

const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,18}$/;
/** `icon@2x.png`, `name@version.js`: what looks like a domain is the end of a file's name. */
const FILE = /\.(?:png|jpe?g|gif|svg|webp|avif|css|scss|m?js|tsx?|json|html?|map|md|txt|xml|ya?ml|wasm|local|lan|internal|invalid)$/i;
const MOST_LOCAL = 64;
const MOST_DOMAIN = 256;
