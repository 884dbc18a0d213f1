import { asciiBetween, isWordByte } from "../bytes.ts";
import { say } from "../../../model/said.ts";
import type { SecretKind } from "../secret-kind.ts";

/** Keys of services that mark theirs by how they begin, and keys by the name of their field. */
export const key = {
  id: "key",
  said: say("redact.key"),
  names: ["*apikey", "*apisecret", "*secretkey", "*clientsecret", "*privatekey", "secret", "appsecret", "sharedsecret", "accesskey", "accesskeyid", "listenkey", "subscriptionkey"],
  looseNames: ["key"],
  inRun: (bytes, from, to) => {
    for (let at = from; at < to; at++) {
      if (FIRST[bytes[at] as number] === 0 || (at > from && isWordByte(bytes[at - 1] as number))) continue;
      if (!STARTS.has(((bytes[at] as number) << 8) | (bytes[at + 1] as number))) continue;
      const match = KEY.exec(asciiBetween(bytes, at, Math.min(to, at + MOST)));
      if (match === null) continue;
      if (match[0].length < MOST && isMixed(match[0])) return { from: at, to: at + match[0].length };
      // Nor is what begins within it.
      at += match[0].length - 1;
    }
    return undefined;
  },
} as const satisfies SecretKind;

/** As their owners document them, by what secret scanners look for. */
const KEY = new RegExp(
  `^(?:${[
    "sk-(?:proj-|ant-|or-|svcacct-|admin-)?[\\w-]{16,}", // OpenAI, Anthropic, OpenRouter
    "(?:sk|rk|whsec)_(?:live|test)_\\w{16,}", // Stripe
    "whsec_\\w{24,}",
    "gh[pousr]_\\w{30,}", // GitHub
    "github_pat_\\w{30,}",
    "glpat-[\\w-]{18,}", // GitLab
    "xox[abeoprs]-[\\w-]{16,}", // Slack
    "xapp-[\\w-]{16,}",
    "(?:AKIA|ASIA)[A-Z0-9]{16}(?![\\w])", // AWS
    "AIza[\\w-]{35}", // Google
    "ya29\\.[\\w-]{20,}",
    "SG\\.[\\w-]{16,}\\.[\\w-]{16,}", // SendGrid
    "npm_\\w{30,}",
    "pypi-[\\w-]{30,}",
    "hf_\\w{30,}", // Hugging Face
    "gsk_\\w{30,}", // Groq
    "xai-[\\w-]{30,}",
    "dop_v1_\\w{40,}", // DigitalOcean
    "shp(?:at|ca|pa|ss)_[0-9a-f]{32}", // Shopify
    "lin_api_\\w{30,}", // Linear
    "pk\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}", // Mapbox
    "sk\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}",
  ].join("|")})`,
);
const MOST = 400;

/** The first two letters of each, and the first alone. */
const STARTS: ReadonlySet<number> = new Set(["sk", "rk", "wh", "gh", "gi", "gl", "gs", "xo", "xa", "AK", "AS", "AI", "ya", "SG", "np", "py", "pk", "hf", "do", "sh", "li"].map((two) => (two.charCodeAt(0) << 8) | two.charCodeAt(1)));
const FIRST = new Uint8Array(256);
for (const start of STARTS) FIRST[start >> 8] = 1;

/** Words with hyphens between them are none: a key has a digit, or letters large and small. */
const isMixed = (text: string): boolean => /\d/.test(text) || (/[a-z]/.test(text.slice(4)) && /[A-Z]/.test(text.slice(4)));
