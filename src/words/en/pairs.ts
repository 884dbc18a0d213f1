/** The dialog that pairs a connection's requests with their answers by two paths. */
export const pairs = {
  "pairs.menu": "Pair requests by paths…",
  "pairs.menu-change": "Change paths of pairs…",
  "pairs.title": "Pair requests with answers",
  "pairs.about": "Enter where a request and its answer have the same text or number, such as .nonce and .meta.replyTo. Later connections to the same address are paired too.",
  "pairs.request": "Request path",
  "pairs.answer": "Answer path",
  "pairs.request-example": ".nonce",
  "pairs.answer-example": ".meta.replyTo",
  "pairs.asks": "Requests are",
  "pairs.remove": "Remove paths of pairs",
  "pairs.pair": "Pair",
  "pairs.named": "Paired by { $request } and { $answer }",
  "pairs.remove-nothing": "No paths are set.",
  "pairs.paths-first": "Enter both paths first.",
} as const;
