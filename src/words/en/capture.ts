/** What the capture says: why it cannot be, what is missing in it, what became of connections. */
export const capture = {
  "capture.no-such-pages": "Chrome does not allow extensions to debug { $scheme } pages.",
} as const;
