/** Message rules: their list, what is written into one, and why one cannot be in force. */
export const rules = {
  "rules.name": "Rules",
  "rules.about": "on for this tab",
  "rules.hide": "Close rules",
  "rules.new": "New rule",
  "rules.none": "No rules yet. A rule drops, changes, delays, answers or holds messages between the page and the server.",
  "rules.on": "Turn on { $rule }",
  "rules.edit": "Edit { $rule }",
  "rules.remove": "Delete { $rule }",
  "rules.up": "Move { $rule } up",
  "rules.applied": `Applied { $n ->
      [one] once
     *[other] { NUMBER($n) } times
  }`,
  "rules.awaited": `{ $n ->
      [one] 1 connection was already open: rules apply to it after its next message.
     *[other] { NUMBER($n) } connections were already open: rules apply to each after its next message.
  }`,
  "rules.sent-only": `{ $n ->
      [one] 1 connection of a worker was already open: rules apply to what it sends, and to what it receives only once it is opened again.
     *[other] { NUMBER($n) } connections of workers were already open: rules apply to what they send, and to what they receive only once they are opened again.
  }`,
  "rules.beyond": `{ $n ->
      [one] Rules do not apply to 1 connection that was already open. Reload the page.
     *[other] Rules do not apply to { NUMBER($n) } connections that were already open. Reload the page.
  }`,
  "rules.refused": "The page replaced Chrome’s { $name }. Rules apply there only once it is reloaded.",
  "rules.reach": "Where rules apply",
  "rules.reload": "Reload page",
  "rules.export": "Export rules",
  "rules.export-short": "Export",
  "rules.import": "Import rules…",
  "rules.import-short": "Import…",
  "rules.imported": `{ $n ->
      [one] 1 rule imported, off
     *[other] { NUMBER($n) } rules imported, off
  }.`,
  "rules.imported-some": `{ NUMBER($n) } imported, off. { $refused ->
      [one] 1 is not valid and was left out
     *[other] { NUMBER($refused) } are not valid and were left out
  }.`,
  "rules.not-a-file": "Not a file of Framescope rules.",
  "rules.not-set": "The rules are not in force: { $why }",
  "rules.network": "Network",
  "rules.pattern": "URL pattern",
  "rules.pattern-example": "shop.test, wss://*.shop.test/live*, *",
  "rules.condition": "Network condition",
  "rules.slow": "Slow to…",
  "rules.slow-down": "Down, B/s",
  "rules.slow-up": "Up, B/s",
  "rules.slow-no-limit": "no limit",
  "rules.apply": "Apply",
  "rules.lift": "Lift { $rule }",
  "rules.met": "Connections met",
  "rules.meets": `Meets { $n ->
      [one] 1 open connection
     *[other] { NUMBER($n) } open connections
  }`,
  "rules.no-pattern": "Write a host, wss://host/path* or *.",
  "rules.status": "Message rules",
  "rules.on-count": `{ $n ->
      [one] 1 rule on
     *[other] { NUMBER($n) } rules on
  }`,
  "rules.applying": "Applying rules…",
  "rules.turning-off": "Turning off rules…",
  "rules.waiting": `{ $n ->
      [one] 1 message held
     *[other] { NUMBER($n) } messages held
  }`,
  "rules.show": "Show",
  "rules.all-off": "Turn off",
  "rules.title": "Name",
  "rules.direction": "Messages",
  "rules.sent": "Sent",
  "rules.received": "Received",
  "rules.filter": "Filter",
  "rules.filter-example": "Empty: all. Words, /pattern/, .path > 0, type:, url:, size:, is:text",
  "rules.action": "Action",
  "rules.do-drop": "Drop",
  "rules.do-edit": "Change",
  "rules.do-delay": "Delay",
  "rules.do-answer": "Answer instead",
  "rules.do-hold": "Hold",
  "rules.edits": "Changes",
  "rules.edits-example": "One a line: .px = 100, .px = .px / 2, \"EUR\" -> \"USD\"",
  "rules.milliseconds": "Milliseconds",
  "rules.answer": "Answer",
  "rules.answer-example": "Text, with values of the message: {\"{{\"}.id{\"}}\"}",
  "rules.also-send": "Send it to the server too",
  "rules.most": "At most",
  "rules.most-example": "times; empty: no limit",
  "rules.save": "Save",
  "rules.cancel": "Cancel",
  "rules.untitled": "Rule { NUMBER($n) }",
  "rules.says-drop": "drop",
  "rules.says-edit": "{ $edits }",
  "rules.says-delay": "delay { DURATION($ms) }",
  "rules.says-answer": "answer { $text }",
  "rules.says-hold": "hold",
  "rules.note-drop": "The page can only notice that a rule is on.",
  "rules.note-edit": "The page can notice: the event has its own data property.",
  "rules.note-delay": "The page gets the message with isTrusted false. Later messages can arrive before it. It is delivered at once when the connection closes.",
  "rules.note-answer": "The page gets the answer with isTrusted false.",
  "rules.note-hold": "The page gets the message with isTrusted false once you let it go. Later messages can arrive before it.",
  "rules.note-sent": "The page can only notice that a rule is on.",
  "rules.note-refuse": "A new connection to a URL that has an open one does not fail: it stays connecting until that one has ended. Chrome knows connections by their URLs only.",
  "rules.note-label": "type: and topic: are what a message of JSON, Socket.IO, GraphQL, tRPC, Phoenix, STOMP or SignalR says of itself; nothing is known of messages before it. Other decoders do not run in the page.",
  "rules.held": "Held messages",
  "rules.held-text": "Held message",
  "rules.held-binary": "Binary message",
  "rules.let-go": "Let go",
  "rules.drop-held": "Drop",
  "rules.passed": `{ $n ->
      [one] 1 message passed at once: too much was waiting.
     *[other] { NUMBER($n) } messages passed at once: too much was waiting.
  }`,
  "rules.gone": "This message is no longer held.",
  "rules.aside-edit": "Set aside: the change could not be made. The message passed as it was.",
  "rules.aside-answer": "Set aside: the message had no value for the answer. It passed as it was.",
  "rules.aside-endless": "Set aside: it answered { NUMBER($n) } times in a row, each within 0.1 s of the one before.",
  "rules.aside-fault": "Set aside: it failed in the page. The message passed as it was.",
  "rules.aside-slow": "Set aside: its pattern took too long on a message. The message passed as it was.",
  "rules.pattern-flags": "A rule’s /pattern/ takes the flags i, m, s and u.",
  "rules.pattern-part": "A rule’s /pattern/ cannot have { $part }: it would have to go over a message more than once. Use characters, classes, groups, |, *, +, ? and anchors.",
  "rules.no-field": "A rule cannot use { $name } since the page does not know it. Use words, /pattern/, .path, type:, topic:, url:, size:, is:text or is:binary.",
  "rules.no-opcode": "A rule knows opcode:text and opcode:binary.",
  "rules.no-deep-path": "A rule takes no “..” in a path. Name each step, or use * for every entry.",
  "rules.no-edit": "Add a change.",
  "rules.bad-line": "Line { NUMBER($line) }: { $why }",
  "rules.edit-form": "Write .path = value, .path = .path / 2, or \"text\" -> \"other\".",
  "rules.other-path": "A value is computed from itself alone: .px = .px / 2.",
  "rules.by-zero": "Nothing can be divided by 0.",
  "rules.not-json": "Not a JSON value: { $text }. Texts stand in double quotes.",
  "rules.row-dropped": "dropped by “{ $rule }”",
  "rules.row-changed": "changed by “{ $rule }”",
  "rules.row-replaced": "not sent: changed by “{ $rule }”",
  "rules.row-delayed": "delayed by “{ $rule }”",
  "rules.row-answered": "answered by “{ $rule }”",
  "rules.row-made": "made by “{ $rule }”",
  "rules.row-held": "held by “{ $rule }”",
  "rules.pattern-first": "Enter a URL pattern first.",
  "rules.speed-first": "Enter a speed of 1 B/s or more, in at least one direction.",
  "rules.export-none": "There are no rules to export.",
} as const;
