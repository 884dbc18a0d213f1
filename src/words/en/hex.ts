/** A payload's bytes. */
export const hex = {
  "hex.go-to": "Go to offset",
  "hex.go-to-about": "Go to offset: 31 or 0x1f",
  "hex.offset": "Offset",
  "hex.find": "Find bytes or text",
  "hex.find-hint": "Find text, or 0xff 00",
  "hex.found": "Found in bytes",
  "hex.not-found": "Not found",
  "hex.find-previous": "Find previous bytes",
  "hex.find-next": "Find next bytes",
  "hex.layer-about": `{ $from } to { $to }: { $n ->
      [one] 1 byte
     *[other] { NUMBER($n) } bytes
  }`,
  "hex.show-value": "Show in Message",
  "hex.show-value-about": "Show the value that these bytes are (Enter)",
  "hex.show-value-none": "Select bytes first to show their value.",
  "hex.copy": "Copy bytes",
  "hex.copy-all": "Copy all bytes as…",
  "hex.copy-selected": "Copy selected bytes as…",
  "hex.copy-hex": "Hex",
  "hex.copy-base64": "Base64",
  "hex.copy-c": "C array",
  "hex.copy-javascript": "JavaScript",
  "hex.copy-python": "Python",
  "hex.copied": `{ $n ->
      [one] 1 byte copied
     *[other] { NUMBER($n) } bytes copied
  }`,
  "hex.too-many": "More than { BYTES($most) } cannot be copied. Select less, or export.",
  "hex.selected": `Offset { $offset }, { $n ->
      [one] 1 byte
     *[other] { NUMBER($n) } bytes
  } selected`,
  "hex.image": "Picture in this message",
  "hex.audio": "Sound in this message",
  "hex.media-too-large": "Over { BYTES($most) }, too large to be shown as { $type }.",
  "hex.media-not-decoded": "Chrome cannot decode this as { $type }. It may be cut off or damaged.",
  "hex.readings": "Data inspector",
  "hex.type": "Type",
  "hex.little": "Little-endian",
  "hex.big": "Big-endian",
} as const;
