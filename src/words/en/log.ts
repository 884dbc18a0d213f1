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
      [one] A record is left out: a newer version of Framescope wrote it.
     *[other] { NUMBER($n) } records are left out: a newer version of Framescope wrote them.
  }`,
  "log.damage-row": "Damaged: { $places }. { $missing } here.",
  "log.damage-row-newer": "Damaged: { $places } (format { $version }; this Framescope reads up to { $most }). { $missing } here.",
  "log.damage-bytes": "bytes { NUMBER($from) } to { NUMBER($to) } of the file “{ $file }”",
  "log.damage-cut": "byte { NUMBER($at) } of the file “{ $file }”, where a part is cut out",
} as const;
