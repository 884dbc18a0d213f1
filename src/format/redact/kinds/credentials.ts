import { say } from "../../../model/said.ts";
import type { SecretKind } from "../secret-kind.ts";

/** What a client shows to be let in (RFC 9110 §11.6.2, §11.7.2). */
export const credentials = {
  id: "credentials",
  said: say("redact.credentials"),
  headers: ["authorization", "proxy-authorization"],
  names: ["authorization", "proxyauthorization"],
} as const satisfies SecretKind;
