/** What one can ask for, a line each: shown beside the box. */
export const FILTER_EXAMPLES = [
  ["order", "examples.text"],
  ['"order placed"', "examples.quoted"],
  ["/BTC|ETH/", "examples.pattern"],
  ["type:trade -is:heartbeat", "examples.type"],
  ["is:sent OR is:error", "examples.or"],
  ["is:unanswered", "examples.unanswered"],
  ["latency:>100ms", "examples.latency"],
  ["size:>1kb", "examples.size"],
  ["last:5s", "examples.last"],
  ["near:#1024±20", "examples.near"],
  [".px > 64000", "examples.value"],
  ['.items[*].sku ~ /^A/ (.error OR -.user.name = "ann")', "examples.lists"],
] as const;
