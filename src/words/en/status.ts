/** The bar under the table. */
export const status = {
  "status.capture": "Capture",
  "status.starting": "Starting",
  "status.capturing": "Capturing",
  "status.paused": "Paused",
  "status.waiting": "Waiting: { $why }",
  "status.not-capturing": "Not capturing: { $why }",
  "status.not-capturing-why": ": { $why }",
  "status.saved-capture": "Not capturing: { $what }",
  "status.saved-capture-named": "Not capturing: “{ $name }”, { $what }",
  "status.frames": `{ $n ->
      [one] { NUMBER($n) } frame
     *[other] { NUMBER($n) } frames
  }`,
  "status.messages": `{ $n ->
      [one] with { NUMBER($n) } message
     *[other] with { NUMBER($n) } messages
  }`,
  "status.messages-about": "Some frames hold several messages, or a part of one.",
  "status.bytes": "{ BYTES($all) } · { BYTES($memory) } in memory",
  "status.sent-rate": "Frames and bytes sent per second",
  "status.received-rate": "Frames and bytes received per second",
  "status.unpaired": `{ $n ->
      [one] { NUMBER($n) } request not paired
     *[other] { NUMBER($n) } requests not paired
  }`,
  "status.unpaired-about": "Too many requests were waiting for answers, or their ids are too long. They are in the log, but not linked to their answers.",
  "status.undecoded": `{ $n ->
      [one] { NUMBER($n) } message not decoded
     *[other] { NUMBER($n) } messages not decoded
  }`,
  "status.undecoded-about": "A decoder failed on these messages or took over 2 seconds, or they need more of earlier messages than is kept (64 MB). They are in the log as they were received.",
  "status.decoders": "Decoders",
  "status.some-decoder": "A decoder",
  "status.set-aside": `{ $n ->
      [one] { $decoders } set aside for { NUMBER($n) } connection
     *[other] { $decoders } set aside for { NUMBER($n) } connections
  }`,
  "status.decoder-stopped": `{ $n ->
      [one] { $decoder }: stopped at { NUMBER($n) } message of { $url }
     *[other] { $decoder }: stopped at { NUMBER($n) } messages of { $url }
  }`,
  "status.decoder-aside": "{ $decoder }: stopped at { NUMBER($n) } messages of { $url }. Its other messages are shown as text or binary.",
  "status.decoder-not-loaded": "{ $decoder }: could not be loaded. Messages of { $url } are shown as text or binary. Close and reopen DevTools to try again.",
  "status.problem": "Problem",
  "status.recorder": "Recorder",
  "status.restarted": `{ $times ->
      [one] Recording stopped and was restarted.
     *[other] Recording stopped and was restarted { NUMBER($times) } times.
  } { $lost ->
      [0] No frames were lost.
      [one] { NUMBER($lost) } frame was lost.
     *[other] { NUMBER($lost) } frames were lost.
  }`,
  "status.faults": `{ $n ->
      [one] { NUMBER($n) } internal error
     *[other] { NUMBER($n) } internal errors
  }`,
  "status.faults-copy": `Copy error report: { $n ->
      [one] { NUMBER($n) } internal error
     *[other] { NUMBER($n) } internal errors
  }`,
  "status.faults-about": "Framescope had an internal error and continued. Copy a report without captured data.",
  "status.copy-report": "Copy error report",
  "status.lost": `{ $n ->
      [one] { NUMBER($n) } frame lost
     *[other] { NUMBER($n) } frames lost
  }`,
  "status.lost-about": "Chrome reported these frames or events, but they are not in the log.",
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
  "status.exporting": "Exporting…",
  "status.exporting-share": "Exporting… { SHARE($share) }",
  "status.export-reading": "Reading the capture… { SHARE($share) }",
  "status.export-cancel": "Cancel export",
  "status.exported": `{ $n ->
      [one] Saved { $name }: { NUMBER($n) } frame, { BYTES($bytes) }
     *[other] Saved { $name }: { NUMBER($n) } frames, { BYTES($bytes) }
  }`,
  "status.export-failed": "Export failed: { $why }",
  "status.dismiss": "Dismiss",
} as const;
