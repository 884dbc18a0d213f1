/** The dialog that skips bytes at the start of each message. */
export const prefix = {
  "prefix.menu": "Skip a prefix…",
  "prefix.menu-change": "Change the prefix…",
  "prefix.title": "Skip a prefix of each message",
  "prefix.about": "Where a length or flags stand before the message itself. What follows is decoded by itself. Later connections to the same address are read so, too.",
  "prefix.bytes": "Bytes to skip",
  "prefix.remove": "Remove the prefix",
  "prefix.skip": "Skip",
  "prefix.named": `{ $n ->
    [one] behind 1 byte
   *[other] behind { NUMBER($n) } bytes
  }`,
} as const;
