/** What stands around and between values. */
export const join = {
  "join.sentences": "{ $first } { $next }",
  "join.more": "{ NUMBER($n) } more",
  "join.quoted": '"{ $text }"',
} as const;
