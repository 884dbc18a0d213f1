/** What one can ask for, a line each: shown beside the box. */
export const FILTER_EXAMPLES = [
  ["order", "filter.example-text"],
  ['"order placed"', "filter.example-quoted"],
  ["/BTC|ETH/", "filter.example-pattern"],
  ["type:trade -is:heartbeat", "filter.example-type"],
  ["is:sent OR is:error", "filter.example-or"],
  ["is:unanswered", "filter.example-unanswered"],
  ["latency:>100ms", "filter.example-latency"],
  ["size:>1kb", "filter.example-size"],
  ["last:5s", "filter.example-last"],
  ["near:#1024±20", "filter.example-near"],
  [".px > 64000", "filter.example-value"],
  ['.items[*].sku ~ /^A/ (.error OR -.user.name = "ann")', "filter.example-lists"],
] as const;
