import { say } from "../../../model/said.ts";
import { asciiBetween } from "../bytes.ts";
import type { SecretKind } from "../secret-kind.ts";

/** Tokens by the name of their field or parameter, and what follows `Bearer` (RFC 6750) or `oauth:` in text. */
export const token = {
  id: "token",
  said: say("redact.token"),
  names: ["*accesstoken", "*authtoken", "*idtoken", "*refreshtoken", "*sessiontoken", "*bearertoken", "*csrftoken", "*xsrftoken", "*apitoken", "usertoken", "clienttoken", "wstoken", "jwttoken", "securitytoken", "jwt", "bearer", "phpsessid", "jsessionid", "sessionid", "sessid"],
  queryNames: ["token", "auth", "session", "sid", "ticket", "sig", "signature", "hmac"],
  looseNames: ["code", "state", "credential", "assertion"],
  inRun: (bytes, from, to) => {
    const last = bytes[from - 1];
    if ((last !== SPACE && last !== COLON) || to - from < SHORTEST) return undefined;
    const before = asciiBetween(bytes, Math.max(0, from - LONGEST_WORD), from);
    return SCHEME.test(before) ? { from, to } : undefined;
  },
} as const satisfies SecretKind;

const SCHEME = /(?:^|[^\w])(?:bearer\s{1,2}|oauth:)$/i;
const LONGEST_WORD = 10;
const SHORTEST = 16;
const SPACE = 0x20;
const COLON = 0x3a;
