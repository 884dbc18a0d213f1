/** What the log and the journal say: what is lost, what cannot be read. */
export const log = {
  "log.payloads-cleared": "the log was cleared",
  "log.page-short": "the file has only { NUMBER($count) } of { NUMBER($length) } bytes",
  "log.missing-none": "No frames are missing",
  "log.missing-maybe": "Frames may be missing",
  "log.missing": `{ $n ->
      [one] { NUMBER($n) } frame is missing
     *[other] { NUMBER($n) } frames are missing
  }`,
  "log.missing-at-least": `{ $n ->
      [one] At least { NUMBER($n) } frame is missing
     *[other] At least { NUMBER($n) } frames are missing
  }`,
  "log.damaged": `{ $n ->
      [one] This capture is damaged in one place; a row of type error says where. { $missing }.
     *[other] This capture is damaged in { NUMBER($n) } places; rows of type error say where. { $missing }.
  }`,
  "log.damaged-all": "This capture is damaged. Nothing of it can be read.",
  "log.newer": "This capture was recorded by a newer version of Framescope (format { $version }; this one reads up to { $most }). Open it with that version.",
  "log.marks-left-out": `{ $n ->
      [one] A pin or note is left out: its row is missing.
     *[other] { NUMBER($n) } pins and notes are left out: their rows are missing.
  }`,
  "log.records-left-out": `{ $n ->
      [one] A record is left out: this version of Framescope cannot read it.
     *[other] { NUMBER($n) } records are left out: this version of Framescope cannot read them.
  }`,
  "log.damage-row": "Damaged: { $places }. { $missing } here.",
  "log.damage-row-newer": "Damaged: { $places } (format { $version }; this Framescope reads up to { $most }). { $missing } here.",
  "log.damage-bytes": "bytes { NUMBER($from) } to { NUMBER($to) } of the file “{ $file }”",
  "log.damage-cut": "byte { NUMBER($at) } of the file “{ $file }”, where a part is cut out",
  "log.closed": "Closed",
  "log.closed-navigation": "Closed: the page navigated",
  "log.closed-gone": "Closed: its page or worker ended",
  "log.closed-before": "Closed before capture",
  "log.closed-unheard": "Closed while not capturing",
  "log.closed-unanswered": "Closed before the server answered",
  "log.closed-no-code": "1005: closed without a code",
  "log.closed-no-frame": "1006: closed without a close frame",
  "log.closed-code": "{ $code }: closed",
  "log.closed-reason": "{ $closed } “{ $reason }”",
  "log.closed-unclean": "{ $closed }, not clean",
  "log.failed-closed": "{ $ending } · { $closing }",
  "log.opened": "Opened: { $answer }",
  "log.opening-damaged": "Its opening is in a damaged part of the capture, so its handshake is unknown.",
  "log.capture-ended": "Open when the capture ended",
  "log.capture-cut-off": "Open when the capture was interrupted",
  "log.closed-by-you": "Closed by you",
  "log.closed-by-you-code": "{ $code }: closed by you",
  "log.lost-by-you": "1006 in the page: ended by you as a lost network would",
  "log.closed-by-page": "Closed by the page",
  "log.closed-by-server": "Closed by the server",
  "log.not-a-stream": "Not an event stream: { $type }",
  "log.no-content-type": "Not an event stream: no Content-Type",
} as const;
