/** The dialog that pairs a connection's requests with their answers by two paths. */
export const pairs = {
  "pairs.menu": "Pair requests by paths…",
  "pairs.menu-change": "Change paths of pairs…",
  "pairs.title": "Pair requests with answers",
  "pairs.about": "Where both have the same text or number, the answer is that request's: .nonce, .meta.replyTo. Later connections to the same address are paired so, too.",
  "pairs.request": "Request path",
  "pairs.answer": "Answer path",
  "pairs.request-example": ".nonce",
  "pairs.answer-example": ".meta.replyTo",
  "pairs.asks": "Requests are",
  "pairs.remove": "Remove paths of pairs",
  "pairs.pair": "Pair",
  "pairs.named": "Paired by { $request } and { $answer }",
} as const;
