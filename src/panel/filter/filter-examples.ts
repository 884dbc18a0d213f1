/** What one can ask for, a line each: shown beside the box. */
export const FILTER_EXAMPLES: readonly (readonly [filter: string, meaning: string])[] = [
  ["order", "Frames that hold this text, in upper or lower case"],
  ['"order placed"', "A text with spaces"],
  ["/BTC|ETH/", "A regular expression"],
  ["type:trade -is:heartbeat", "What the Type column says; a minus means not"],
  ["is:sent OR is:error", "Either of two"],
  ["is:unanswered", "Requests without an answer so far"],
  ["latency:>100ms", "Requests and answers that took longer"],
  ["size:>1kb", "Large messages"],
  ["last:5s", "The last five seconds"],
  ["near:#1024±20", "Rows around one"],
  [".px > 64000", "A number inside messages, whatever their encoding"],
  ['.items[*].sku ~ /^A/ (.error OR -.user.name = "ann")', "Lists, patterns, what exists, and groups"],
];
