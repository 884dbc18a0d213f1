/** What is known of one connection altogether. */
export const connection = {
  "connection.name": "Connection",
  "connection.reading": "Reading… { SHARE($share) }",
  "connection.life": "Life",
  "connection.started": "Started",
  "connection.handshake": "Handshake",
  "connection.from-request": "without queueing, DNS lookup, initial connection and SSL, which Chrome does not report for WebSockets",
  "connection.open-for": "Open for",
  "connection.was-open": "Was open for",
  "connection.ended": "Ended",
  "connection.silence": "Longest silence",
  "connection.until-frame": "until #{ NUMBER($n) }",
  "connection.heartbeat": "Heartbeat",
  "connection.heartbeat-every": `{ $way ->
      [sent] Sent
     *[received] Received
  } every { DURATION($interval) }`,
  "connection.heartbeat-answered": "{ $every }, { NUMBER($answered) } of { NUMBER($n) } answered (p95 { DURATION($tail) })",
  "connection.from-frame": "from #{ NUMBER($n) }",
  "connection.traffic": "Traffic",
  "connection.frames": "Frames",
  "connection.bytes": "Bytes",
  "connection.rate": "Rate",
  "connection.sizes": "Size p50 · p95 · max",
  "connection.of-sizes": "{ BYTES($median) } · { BYTES($tail) } · { BYTES($most) }",
  "connection.of-latencies": "{ DURATION($median) } · { DURATION($tail) } ·",
  "connection.errors": "Errors",
  "connection.types": "Types by bytes",
  "connection.other-types": `{ $n ->
      [one] and 1 other type
     *[other] and { NUMBER($n) } other types
  }`,
  "connection.answer-times": "Latency p50 · p95 · max",
  "connection.latency": "Latency",
  "connection.latencies": `{ $n ->
      [one] 1 answer
     *[other] { NUMBER($n) } answers
  } · p50 { DURATION($median) } · p95 { DURATION($tail) } · max { DURATION($most) }`,
  "connection.distribution": "Latency distribution",
  "connection.show-took": `{ $n ->
      [one] Show only the answer
     *[other] Show only the { NUMBER($n) } answers
  } that took { EDGE($from) } to { EDGE($to) }`,
  "connection.show-took-longer": `{ $n ->
      [one] Show only the answer
     *[other] Show only the { NUMBER($n) } answers
  } that took { EDGE($from) } or more`,
  "connection.unanswered": `{ $n ->
      [one] 1 not answered
     *[other] { NUMBER($n) } not answered
  }`,
  "connection.slowest": "Slowest answers",
  "connection.family": "Connections to this URL pattern: { NUMBER($n) }",
  "connection.family-before": "and { NUMBER($n) } earlier",
  "connection.family-behind": "and { NUMBER($n) } later",
  "connection.after": "after { DURATION($ms) }",
  "connection.beginning": "First messages",
} as const;
