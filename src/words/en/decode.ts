/** What decoders say: layers and problems. Terms of the protocols stay as they are. */
export const decode = {
  "decode.at-byte": "{ $problem } (byte { $offset })",
  "decode.not-quite-json": "Not quite JSON: { $problem }",
  "decode.failed": "The { $decoder } decoder failed: { $reason }",
  "decode.no-such-decoder": "There is no decoder “{ $decoder }” in this version.",
  "decode.still-read": "The capture is still being read back. Try again in a moment.",
  "decode.cannot-encode-number": "MessagePack cannot hold the number { $number } exactly.",
  "decode.cannot-encode-text": "MessagePack cannot hold this text, which is not valid Unicode: { $text }",
  "decode.cannot-encode-key": "This key is not known completely: { $key }",
  "decode.cannot-encode-packet": "Only an event, an acknowledgement or a connect packet of Socket.IO can be changed.",
  "decode.cannot-encode-arguments": "Expected an array of arguments.",
  "decode.not-utf8": "Not valid UTF-8.",
  "decode.too-long": "too long to be read at once",
  "decode.broken": "broken",
  "decode.bytes": "{ BYTES($size) }",
  "decode.array-of": "array of { NUMBER($n) }",
  "decode.object": "object",
  "decode.map": "map",
  "decode.scalar": "scalar",
  "decode.payload": "payload",
  "decode.messages": `{ $n ->
      [one] { NUMBER($n) } message
     *[other] { NUMBER($n) } messages
  }`,
  "decode.message-of": "{ NUMBER($n) } of { NUMBER($all) }",
  "decode.named-message-of": "{ $what }, { $place }",
  "decode.records-none": "Not { $format }.",
  "decode.several": "Another value follows the first.",

  "decode.json-mark": "A byte order mark stands before the JSON.",
  "decode.json-tail": "Control characters follow the value.",
  "decode.json-rest": "Expected nothing more after the value.",
  "decode.json-value": "Expected a value.",
  "decode.json-key": "Expected a key in double quotes.",
  "decode.json-colon": "Expected a colon after the key.",
  "decode.json-comma": "Expected a comma or { $close }.",
  "decode.json-ends": "The text ends before a { $close }.",
  "decode.json-escape": "Unknown escape in a string.",
  "decode.json-control": "A control character in a string must be escaped.",
  "decode.json-endless-string": "This string has no end.",

  "decode.msgpack-ends": "The bytes end where a value is due.",
  "decode.msgpack-ends-in-length": "The bytes end within a length.",
  "decode.msgpack-short": `{ $size ->
      [one] The value has { NUMBER($size) } byte, { NUMBER($left) } are left.
     *[other] The value has { NUMBER($size) } bytes, { NUMBER($left) } are left.
  }`,
  "decode.amqp-count": `{ $n ->
      [one] The value has { NUMBER($n) } element, with { NUMBER($left) } B left for it.
     *[other] The value has { NUMBER($n) } elements, with { NUMBER($left) } B left for them.
  }`,
  "decode.msgpack-no-value": "0xc1 begins no value.",
  "decode.msgpack-not-utf8": "This text is not valid UTF-8. It is shown as bytes.",
  "decode.msgpack-rest": `{ $n ->
      [one] { NUMBER($n) } more byte follows the value.
     *[other] { NUMBER($n) } more bytes follow the value.
  }`,

  "decode.engine-none": "Not an Engine.IO packet.",
  "decode.engine-message": "Engine.IO message",
  "decode.engine-took-over": "Took over from HTTP polling, whose messages were not captured",
  "decode.socket-none": "Not a Socket.IO packet.",
  "decode.socket-attachment-count": "A packet can have 1 to { NUMBER($most) } attachments, not { $count }.",
  "decode.socket-connect": "What a connect carries must be an object.",
  "decode.socket-disconnect": "A disconnect carries nothing.",
  "decode.socket-connect-error": "What a connect error carries must be an object or a text.",
  "decode.socket-ack": "What an acknowledgement carries must be an array.",
  "decode.socket-event": "What an event carries must be an array that begins with its name.",
  "decode.socket-reserved": "Socket.IO keeps this event name for itself.",
  "decode.socket-missing": `{ $n ->
      [one] { NUMBER($n) } attachment of the event before ({ $label }) never came.
     *[other] { NUMBER($n) } attachments of the event before ({ $label }) never came.
  }`,
  "decode.socket-stray": "No packet before this binary message has attachments to come.",
  "decode.socket-long": "Too long to be read at once, and does not begin with an event.",
  "decode.socket-with-attachments": `{ $n ->
      [one] { $packet }, { NUMBER($n) } attachment
     *[other] { $packet }, { NUMBER($n) } attachments
  }`,
  "decode.socket-attachment": "attachment { NUMBER($n) } of { NUMBER($all) } of { $label }",
  "decode.socket-attachment-sized": "attachment { NUMBER($n) } of { NUMBER($all) } of { $label }, { BYTES($size) }",
  "decode.socket-arguments": `{ $n ->
      [one] { NUMBER($n) } argument
     *[other] { NUMBER($n) } arguments
  }`,

  "decode.event-with-id": "{ $name } · id { $id }",

  "decode.unpacked": `{ $n ->
      [one] { NUMBER($n) } byte unpacked
     *[other] { NUMBER($n) } bytes unpacked
  }`,
  "decode.unpacked-too-much": "This unpacks to more than { BYTES($size) }. The rest is left out.",
  "decode.packed-late": "The start of the compressed stream was not seen, so this cannot be unpacked.",
  "decode.packed-dictionary": "This is compressed with a dictionary, which is not in the capture.",
  "decode.packed-lost": "The compressed stream broke at an earlier message.",
  "decode.prefix-short": "This is shorter than the { NUMBER($n) } bytes that are skipped.",
  "decode.packet-part": "part of a packet",
  "decode.packet-too-long": "This packet is too long to be put together.",
  "decode.packet-broken": "This { $packet } packet is broken.",
  "decode.pieces-follow": `{ $n ->
      [one] { NUMBER($n) } piece follows
     *[other] { NUMBER($n) } pieces follow
  }`,
  "decode.cannot-encode-frame": "This { $format } frame cannot be changed: its body would not be read as it is written.",
  "decode.too-deep": "Nested too deep to be told.",
  "decode.protobuf-none": "No field begins here.",
  "decode.protobuf-guessed": `{ $n ->
      [one] { NUMBER($n) } field, types guessed
     *[other] { NUMBER($n) } fields, types guessed
  }`,
  "decode.protobuf-many": "More than { NUMBER($most) } values. The rest is left out.",
  "decode.protobuf-other": "{ $field } is not of type { $type } here. Another message type may fit.",
  "decode.protobuf-no-type": "No message type is chosen for this message.",
  "decode.protobuf-cannot-encode": "{ $field } cannot hold { $value }.",
  "decode.protobuf-unknown-field": "{ $field } is not in the schema, so it cannot be changed.",
  "decode.protobuf-no-such-type": "The schema has no message type { $type }.",
  "decode.proto-broken": "{ $file } cannot be read: { $problem }",
  "decode.proto-at": "{ $file }, line { $line }: { $problem }",
  "decode.proto-missing": "{ $problem }. These imports are missing: { $files }. Open them, too.",
  "decode.proto-unresolved": "The schema is not complete: { $problem }",
  "decode.proto-no-type": "{ $field } is of type { $type }, which is not among the opened files. Open the files that it imports, too.",
  "decode.proto-no-set": "{ $file } is neither a .proto file nor a descriptor set.",
  "decode.proto-none": "These files declare no messages.",
  "decode.proto-too-large": "These files are too large: at most { BYTES($most) }.",

  "decode.graphql-none": "Not a message of GraphQL over WebSocket: a JSON object with one of its types.",
} as const;
