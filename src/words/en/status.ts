/** The bar under the table. */
export const status = {
  "status.capture": "Capture",
  "status.starting": "Starting",
  "status.capturing": "Capturing",
  "status.paused": "Paused",
  "status.not-capturing": "Not capturing: { $why }",
  "status.saved-capture": "Not capturing: { $what }",
  "status.saved-capture-named": "Not capturing: “{ $name }”, { $what }",
  "status.frames": `{ $n ->
      [one] { NUMBER($n) } frame
     *[other] { NUMBER($n) } frames
  }`,
  "status.bytes": "{ BYTES($all) } · { BYTES($memory) } in memory",
  "status.sent-rate": "Frames and bytes sent per second",
  "status.received-rate": "Frames and bytes received per second",
  "status.unpaired": `{ $n ->
      [one] { NUMBER($n) } request not paired
     *[other] { NUMBER($n) } requests not paired
  }`,
  "status.unpaired-about": "Too many requests were waiting for answers, or their ids are too long. They are in the log, but not linked to their answers.",
  "status.lost": `{ $n ->
      [one] { NUMBER($n) } frame lost
     *[other] { NUMBER($n) } frames lost
  }`,
  "status.lost-about": "Chrome reported these frames, but they came faster than they could be recorded.",
  "status.saved": "All saved",
  "status.not-saved": "Not saved to disk: { $why }",
  "status.opening": "Opening: { SHARE($share) }",
  "status.selection": "Selection",
  "status.selected": `{ $n ->
      [one] { NUMBER($n) } row selected
     *[other] { NUMBER($n) } rows selected
  }`,
  "status.selected-sums": "{ BYTES($bytes) } · { DURATION($span) }",
  "status.clipboard": "Clipboard",
  "status.export": "Export",
  "status.exporting": "Exporting HAR…",
  "status.exported": `{ $n ->
      [one] Saved { $name }: { NUMBER($n) } frame, { BYTES($bytes) }
     *[other] Saved { $name }: { NUMBER($n) } frames, { BYTES($bytes) }
  }`,
  "status.export-failed": "Export failed: { $why }",
  "status.dismiss": "Dismiss",
} as const;
