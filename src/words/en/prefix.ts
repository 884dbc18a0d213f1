/** The dialog that skips bytes at the start of each message. */
export const prefix = {
  "prefix.menu": "Skip a prefix…",
  "prefix.menu-change": "Change the prefix…",
  "prefix.title": "Skip a prefix of each message",
  "prefix.about": "For messages that begin with a length or flags: the rest is decoded without them. Later connections to the same address are read this way too.",
  "prefix.bytes": "Bytes to skip",
  "prefix.remove": "Remove the prefix",
  "prefix.skip": "Skip",
  "prefix.named": `{ $n ->
    [one] behind 1 byte
   *[other] behind { NUMBER($n) } bytes
  }`,
  "prefix.remove-nothing": "No prefix is skipped.",
  "prefix.bytes-first": "Enter a whole number from 1 to { NUMBER($most) }.",
} as const;
