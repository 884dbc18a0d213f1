/** What stands around and between values. */
export const join = {
  "join.sentences": "{ $first } { $next }",
  "join.quoted": '"{ $text }"',
} as const;
