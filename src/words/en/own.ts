/** Decoders of the user's own, and what is decoded as what. */
export const own = {
  "own.group": "Decoders",
  "own.open": "Open decoder…",
  "own.open-about": "A JavaScript file of your own. It runs in a sandbox, without access to the page, the network or your captures.",
  "own.too-long": "{ $name } is over { BYTES($most) }.",
  "own.too-many": "No more than { NUMBER($most) } decoders are kept. Remove one in Settings.",
  "own.remove": "Remove { $name }",
  "own.pattern": "URL pattern",
  "own.pattern-example": "wss://*.example.com/feed",
  "own.decoder": "Decoder",
  "own.pattern-add": "Add URL pattern",
  "own.pattern-remove": "Remove pattern { $url }",
  "own.pattern-about": "New connections to these addresses are decoded this way. The query does not count. * stands for any characters.",
  "own.pattern-first": "Fill in the empty pattern first.",
  "own.not-loaded": "The decoders are not loaded yet.",
} as const;
