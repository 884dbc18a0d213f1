import { say } from "../../../model/said.ts";
import type { SecretKind } from "../secret-kind.ts";

/** Cookies: each is whole in its header (RFC 6265). */
export const cookie = {
  id: "cookie",
  said: say("redact.cookie"),
  pairNames: ["cookie", "cookies", "setcookie"],
  headers: ["cookie", "cookie2", "set-cookie", "set-cookie2"],
} as const satisfies SecretKind;
