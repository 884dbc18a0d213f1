import { say } from "../../../model/said.ts";
import { asciiBetween, isWordByte } from "../bytes.ts";
import type { SecretKind } from "../secret-kind.ts";

/** Tokens by the name of their field or parameter, and what follows `Bearer` (RFC 6750) or `oauth:` in text. */
export const token = {
  id: "token",
  said: say("redact.token"),
  names: ["*accesstoken", "*authtoken", "*idtoken", "*refreshtoken", "*sessiontoken", "*bearertoken", "*csrftoken", "*xsrftoken", "*apitoken", "usertoken", "clienttoken", "wstoken", "jwttoken", "*securitytoken", "*connectiontoken", "jwt", "bearer", "phpsessid", "jsessionid", "*sessionid", "*sessionkey", "*sessionsecret", "sessid", "connectsid", "authkey", "*authticket"],
  queryNames: ["token", "auth", "session", "sid", "ticket", "sig", "signature", "hmac"],
  looseNames: ["code", "state", "credential", "assertion"],
  inRun: (bytes, runFrom, runTo) => {
    let from = runFrom;
    while (runFrom - from < MOST_BEFORE && IN_TOKEN[bytes[from - 1] as number] === 1) from--;
    const last = bytes[from - 1];
    if (last !== SPACE && last !== COLON) return undefined;
    const before = asciiBetween(bytes, Math.max(0, from - LONGEST_WORD), from);
    if (!SCHEME.test(before)) return undefined;
    let to = runTo;
    while (IN_TOKEN[bytes[to] as number] === 1 || (bytes[to] === BACKSLASH && bytes[to + 1] === SLASH)) to++;
    return { from, to };
  },
} as const satisfies SecretKind;

const SCHEME = /(?:^|[^\w])(?:bearer\s{1,2}|oauth:)$/i;
const LONGEST_WORD = 10;
const MOST_BEFORE = 48;
const SPACE = 0x20;
const SLASH = 0x2f;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** RFC 6750 §2.1. */
const IN_TOKEN = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) if (isWordByte(byte) || "-.~+/=".includes(String.fromCharCode(byte))) IN_TOKEN[byte] = 1;
