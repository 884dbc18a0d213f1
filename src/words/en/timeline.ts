/** What passed over time. */
export const timeline = {
  "timeline.name": "Timeline",
  "timeline.empty": "No frames yet",
  "timeline.about": "{ $from } to { $to }: { NUMBER($sent) } sent, { NUMBER($received) } received. Arrow keys look at it in parts, with Shift they filter by time; Up and Down zoom, Escape shows all.",
  "timeline.measure": "Timeline shows",
  "timeline.lanes": "A lane for each connection",
  "timeline.lanes-about": "Show what passed on each connection in a lane of its own",
  "timeline.lane": "{ $url }: { NUMBER($sent) } sent, { NUMBER($received) } received.",
  "timeline.other-lanes": `{ $n ->
      [one] 1 more connection.
     *[other] { NUMBER($n) } more connections.
  }`,
  "timeline.messages": "Messages",
  "timeline.bytes": "Bytes",
  "timeline.latency": "Latency",
  "timeline.usual": "p50 { DURATION($median) } · p95 { DURATION($tail) }",
  "timeline.slowest": "slowest answer { DURATION($ms) }",
  "timeline.silence": "no message for { DURATION($ms) }",
  "timeline.quiet": "{ $name }: no message for { DURATION($ms) }",
  "timeline.more-quiet": `{ $n ->
      [one] 1 more silent connection
     *[other] { NUMBER($n) } more silent connections
  }`,
  "timeline.dots": "{ NUMBER($shown) } of { NUMBER($n) } answers drawn",
  "timeline.unmarked": `{ $n ->
      [one] 1 mark not drawn
     *[other] { NUMBER($n) } marks not drawn
  }`,
  "timeline.in": "{ $what } in { NUMBER($ms) } ms",
  "timeline.when": "{ $from } to { $to }",
  "timeline.passed": "{ NUMBER($n) } · { BYTES($bytes) }",
  "timeline.passed-of": "{ NUMBER($found) } of { NUMBER($n) } · { BYTES($bytes) }",
  "timeline.opened": `{ $n ->
      [one] opened
     *[other] { NUMBER($n) } opened
  }`,
  "timeline.closed": `{ $n ->
      [one] { $code ->
          [0] closed
         *[other] closed { $code }
      }
     *[other] { $code ->
          [0] { NUMBER($n) } closed
         *[other] { NUMBER($n) } closed ({ $code })
      }
  }`,
  "timeline.errors": `{ $n ->
      [one] error
     *[other] { NUMBER($n) } errors
  }`,
  "timeline.navigated": `{ $n ->
      [one] navigation
     *[other] { NUMBER($n) } navigations
  }`,
  "timeline.paused": `{ $n ->
      [one] paused
     *[other] paused { NUMBER($n) } times
  }`,
  "timeline.reported": `{ $n ->
      [one] a transcript was sent
     *[other] { NUMBER($n) } transcripts were sent
  }`,
  "timeline.pinned": `{ $n ->
      [one] pinned
     *[other] { NUMBER($n) } pinned
  }`,
} as const;
