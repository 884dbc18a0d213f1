/** What is told of a file that is read. */
export const importing = {
  "import.unknown": "{ $name } is not a file that Framescope reads: { $formats }.",
  "import.nothing": "{ $name } holds no WebSocket and no event stream ({ $format }).",
  "import.nothing-readable": "Nothing in { $name } can be read. { $place }: { $what }",
  "import.no-file": "This file can no longer be read. Choose it again.",
  "import.no-har": "Valid JSON, but not a HAR: it has no log.entries.",
  "import.cut": "The file ends here, at byte { $offset }. It may not have been written to its end.",
  "import.no-json": "Not JSON at byte { $offset }. What follows is not read.",
  "import.no-object": "Not an object. It is left out.",
  "import.no-list": "Not a list. It is left out.",
  "import.no-text": "Not a text.",
  "import.no-value": "Not readable, or too long.",
  "import.no-date": "Not a date.",
  "import.no-time": "Not a time.",
  "import.no-opcode": "Not an opcode. The message is shown as text.",
  "import.no-direction": "Neither send nor receive. The message is shown as received.",
  "import.no-base64": "Not base64. The message is shown without its payload.",
  "import.too-long": "Over { BYTES($most) }. The message is shown without its payload.",
  "import.no-packets": "Not a packet at byte { $offset }. What follows is not read.",
  "import.ip-fragment": "A packet that is cut into IP fragments. It is left out.",
  "import.no-frame": "Not a WebSocket frame. What follows in this direction is not read.",
  "import.no-deflate": "The compressed message cannot be read. It is shown without its payload.",
  "import.bytes-missing": "{ BYTES($bytes) } of { $url } are not in the file. What follows in this direction is not read.",
  "import.bomb": "It unpacks to over { NUMBER($times) } times its size and is not read further.",
  "import.no-gzip": "Not gzip from here on. What follows is not read.",
  "import.no-zip": "Damaged: not a zip archive.",
  "import.zip-method": "Encrypted, or packed in a way that is not read. It is left out.",
  "import.most-files": "Only the first { NUMBER($most) } files of an archive are read. It is left out.",
  "import.other-file": "None of the files that Framescope reads. It is left out.",
  "import.one-capture": "A capture by itself. It is left out. Import it separately.",
  "import.no-answer": "Over { BYTES($most) } were sent to { $url } before it answered. What is sent is not read.",
  "import.most-held": "Over { BYTES($most) } wait for what is not read yet. This is left out.",
  "import.most-conversations": "Over { NUMBER($most) } connections at once: those that were silent longest are not read further.",
  "import.most-connections": "Only the first { NUMBER($most) } connections are told apart. Messages of others are shown without theirs.",
  "import.most-beside": "Headers, notes and event names take over { BYTES($most) }. What follows is shown without them.",
  "import.no-messages": "No messages of it are in the file: there were none, or what wrote it leaves them out.",
  "import.no-attached": "{ $name } is not in the file. Import the archive that contains it.",
  "import.heads-only": "Chrome logged the heads of frames alone, with their bytes on the wire. The capture mode “Everything” has payloads.",
  "import.no-journal": "Not a whole Framescope capture: its frames or their payloads are missing in the file.",
  "import.newer": "A newer Framescope wrote this file. What this one does not know is left out.",
  "import.button-about": "Import files as captures. They can also be dropped here.",
  "import.cancel": "Cancel import",
  "import.reading": "Reading { $name }… { SHARE($share) }",
  "import.writing": "Importing { $name }… { SHARE($share) }",
  "import.waiting": "{ NUMBER($n) } more",
  "import.title": "Imported files",
  "import.close": "Close",
  "import.open": "Open",
  "import.open-named": "Open { $name }",
  "import.done": `{ $n ->
    [one] { NUMBER($n) } frame
   *[other] { NUMBER($n) } frames
  }, { $connections ->
    [one] { NUMBER($connections) } connection
   *[other] { NUMBER($connections) } connections
  }`,
  "import.problems": `{ $n ->
    [one] { NUMBER($n) } place in this file could not be read:
   *[other] { NUMBER($n) } places in this file could not be read:
  }`,
  "import.more": "And { NUMBER($n) } more.",
} as const;
