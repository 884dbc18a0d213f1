import { asciiBetween, isUserInfoEnd } from "../bytes.ts";
import { say } from "../../../model/said.ts";
import type { SecretKind } from "../secret-kind.ts";

/** E-mail addresses (RFC 5321 §4.1.2, without quoted ones). */
export const email = {
  id: "email",
  said: say("redact.email"),
  atSign: (bytes, at) => {
    if (isUserInfoEnd(bytes, at) !== undefined) return undefined;
    const local = LOCAL.exec(asciiBetween(bytes, Math.max(0, at - MOST_LOCAL), at))?.[1];
    const domain = DOMAIN.exec(asciiBetween(bytes, at + 1, Math.min(bytes.length, at + MOST_DOMAIN)))?.[0];
    if (local === undefined || domain === undefined || FILE.test(domain)) return undefined;
    return { from: at - local.length, to: at + 1 + domain.length };
  },
} as const satisfies SecretKind;

const LOCAL = /(?:^|[^\w.%+/@-])([A-Za-z0-9_](?:[\w.%+-]{0,62}[\w+-])?)$/;
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,18}(?![\w@-]|\.\w)/;
/** `icon@2x.png`, `name@version.js`: what looks like a domain is the end of a file's name. */
const FILE = /\.(?:png|jpe?g|gif|svg|webp|avif|css|scss|m?js|tsx?|json|html?|map|md|txt|xml|ya?ml|wasm|local|lan|internal|invalid)$/i;
const MOST_LOCAL = 66;
const MOST_DOMAIN = 256;
