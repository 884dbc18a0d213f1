/** What the inspector says of one frame or connection. */
export const inspector = {
  "inspector.views": "Views of the frame",
  "inspector.messages": "Messages of the frame",
  "inspector.previous-message": "Previous message",
  "inspector.next-message": "Next message",
  "inspector.message-shown": "Message shown",
  "inspector.of-messages": "of { NUMBER($all) }",
  "inspector.message": "Message",
  "inspector.raw": "Raw",
  "inspector.hex": "Hex",
  "inspector.handshake": "Handshake",
  "inspector.headers": "Headers",
  "inspector.select": "Select a frame to see its content.",
  "inspector.no-connection": "This row belongs to no connection and has no handshake.",
  "inspector.nothing-selected": "Nothing selected",
  "inspector.undecoded": `{ $direction ->
      [sent] { $type } message sent
     *[received] { $type } message received
  }`,
  "inspector.pin": "Pin",
  "inspector.pin-about": "Pin this frame. Filter by is:pinned.",
  "inspector.unpin-about": "Unpin this frame",
  "inspector.note": "Note",
  "inspector.note-about": "Write a note on this frame",
  "inspector.close": "Close inspector",
  "inspector.time-unknown": "time unknown",
  "inspector.size-unknown": "size unknown",
  "inspector.connection": "Connection · { $state }",
  "inspector.bytes": "Bytes",
  "inspector.text": "Text",
  "inspector.layers": "Layers",
  "inspector.layer-problem": "{ $name }: { $problem }",
  "inspector.no-payload": "This event has no payload.",
  "inspector.not-reported": "Chrome did not report this payload.",
  "inspector.empty": "Empty message",
  "inspector.binary": "Binary data: not JSON, not valid UTF-8",
  "inspector.not-utf8": "Not valid UTF-8. See Hex.",
  "inspector.size": `{ $n ->
      [one] { NUMBER($n) } byte
     *[other] { NUMBER($n) } bytes
  }`,
  "inspector.copy": "Copy",
  "inspector.copied": "Copied",
  "inspector.copy-about": "Copy payload",
  "inspector.copy-base64-about": "Copy payload as Base64",
  "inspector.bigint": "bigint",
  "inspector.time": "timestamp",
  "inspector.fold-about": "Alt+click to expand or collapse all children",
  "inspector.not-answered": "Not answered yet",
  "inspector.no-request": "The request is not in the log",
  "inspector.answered-by": "Answered by #{ NUMBER($n) } { $label }",
  "inspector.answers": "Answers #{ NUMBER($n) } { $label }",
  "inspector.go-to-frame": "Go to this frame",
  "inspector.usual": "p50 { DURATION($median) } · p95 { DURATION($tail) }",
  "inspector.usual-about": `{ $n ->
      [one] Of the last answer to such requests on this connection
     *[other] Of the last { NUMBER($n) } answers to such requests on this connection
  }`,
  "inspector.decode-as": "Decode as…",
  "inspector.decoded-as": "Decoded as { $decoder }…",
  "inspector.decoded-by-schema": "Decoded by schema…",
  "inspector.decode-as-about": "Choose the decoder for all messages of this connection",
} as const;
