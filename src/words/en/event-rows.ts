/** Rows of events that only the table has: the engine words them. */
export const eventRows = {
  "log.navigated-cut": "{ $url } · The last frames of open connections may be missing",
  "log.gap": "Not capturing for { AGO($ms) }. Some frames may be missing.",
  "log.gap-filled": "Not capturing for { AGO($ms) }. Filled in from DevTools' log as far as possible.",
  "log.paused": `{ $n ->
      [one] Recording was paused: { NUMBER($n) } frame passed by unrecorded
     *[other] Recording was paused: { NUMBER($n) } frames passed by unrecorded
  }`,
  "log.replayed": "Transcript: { $told }",
  "log.restarted": `{ $lost ->
      [0] Recording stopped and was restarted. No frames were lost.
      [one] Recording stopped and was restarted. { NUMBER($lost) } frame was lost.
     *[other] Recording stopped and was restarted. { NUMBER($lost) } frames were lost.
  }`,
} as const;
