import type { join as english } from "../en/join.ts";
import type { Translated } from "../translated.ts";

export const join: Translated<typeof english> = {
  "join.sentences": "{ $first }{ $next }",
  "join.more": "另外 { NUMBER($n) } 个",
  "join.quoted": "“{ $text }”",
};
