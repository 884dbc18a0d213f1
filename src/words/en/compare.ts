/** What is different between two messages. */
export const compare = {
  "compare.name": "Compare",
  "compare.difference": "Difference",
  "compare.with": "with",
  "compare.other": "#{ NUMBER($n) } { $label }",
  "compare.go-to": "Go to the message that this one is compared with",
  "compare.changes": `{ $n ->
      [0] equal
      [one] 1 change
     *[other] { NUMBER($n) } changes
  }`,
  "compare.as-text": "as text",
  "compare.as-bytes": "as bytes",
  "compare.earlier": "Earlier message of this type",
  "compare.later": "Later message of this type",
  "compare.previous": "Previous change",
  "compare.next": "Next change",
  "compare.equal": "{ $text } equal",
  "compare.equal-left-out": `{ $n ->
      [one] 1 equal
     *[other] { NUMBER($n) } equal
  }`,
  "compare.none": "No other message of this type on this connection. Right-click another message and choose Compare with …",
  "compare.messages-only": "Only messages can be compared.",
  "compare.comparing": "Comparing… { SHARE($share) }",
  "compare.no-connection": "This is the only connection. Another one can be compared with it.",
  "compare.with-connection": "Compared connection",
  "compare.beginnings": "Handshake and ending",
  "compare.same-beginnings": "Both began and ended the same way.",
  "compare.other-side": "The other",
  "compare.this-side": "This one",
  "compare.messages": "Messages, matched in order by type",
  "compare.same": "Same",
  "compare.changed": "Changed",
  "compare.only-other": "Only in the other",
  "compare.only-this": "Only in this one",
  "compare.paths": "Values that changed, by messages",
  "compare.first": "First differences",
  "compare.not-counted": "not counted",
  "compare.fact-transport": "Transport",
  "compare.fact-status": "Status",
  "compare.fact-request-header": "Request header { $name }",
  "compare.fact-response-header": "Response header { $name }",
  "compare.fact-ending": "Ending",
  "compare.fact-control-frames": "Pings, pongs and close frames",
  "compare.captures": "Compare captures",
  "compare.captures-back": "Back to captures",
  "compare.captures-with": "Compare { $title } with …",
  "compare.captures-about": "Compare with another capture",
  "compare.captures-none": "There is no other capture to compare with.",
  "compare.capture": "{ $title }, { $at }",
  "compare.only-in": "Only in { $title }",
  "compare.first-difference": "First difference",
  "compare.at": "{ DURATION($ms) } after the start",
  "compare.captures-same": `{ $n ->
      [one] No difference: the connection and its messages are the same.
     *[other] No difference: the { NUMBER($n) } connections and their messages are the same.
  }`,
  "compare.captures-differ": `{ NUMBER($n) } of { $all ->
      [one] { NUMBER($all) } connection differs
     *[other] { NUMBER($all) } connections differ
  }`,
  "compare.captures-more": "{ NUMBER($n) } more connections differ.",
  "compare.count-changed": "{ NUMBER($n) } changed",
  "compare.count-before": "{ NUMBER($n) } only before",
  "compare.count-after": "{ NUMBER($n) } only after",
  "compare.began-otherwise": "began or ended differently",
  "compare.in-use": "This capture is being recorded in another DevTools window or tab. Compare from there, or once it has ended.",
  "compare.copy": "Copy difference",
  "compare.copied": "Difference copied",
  "compare.too-long": "The difference is longer than { BYTES($size) }.",
  "compare.added": "added",
  "compare.removed": "removed",
  "compare.menu": "Compare with …",
  "compare.no-other": "no other connection",
  "compare.not-compared": "Not compared: { $why }",
  "compare.before": "Previous message of this type",
  "compare.looked-at": "#{ NUMBER($n) }, looked at before",
  "compare.selected": "The other message selected",
  "compare.no-changes": "There is no difference.",
  "compare.no-earlier": "There is no earlier message of this type.",
  "compare.no-later": "There is no later message of this type.",
} as const;
