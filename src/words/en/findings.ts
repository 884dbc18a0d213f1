/** What is wrong or costly in a capture. */
export const findings = {
  "findings.name": "Findings",
  "findings.count": `{ $n ->
      [one] 1 finding
     *[other] { NUMBER($n) } findings
  }`,
  "findings.reading": "Looking through the capture… { SHARE($share) }",
  "findings.none": "Nothing found. Findings are listed only where they are certain.",
  "findings.none-here": "Nothing found here.",
  "findings.none-without-codes": "Nothing found without close codes.",
  "findings.of-path": `{ $n ->
      [one] { $path }
     *[other] { $path }: { NUMBER($n) } connections
  }`,
  "findings.other-connections": "Other connections",
  "findings.unknown-codes": `{ $n ->
      [one] The code of 1 closing is not known.
     *[other] The codes of { NUMBER($n) } closings are not known.
  }`,
  "findings.more": `{ $n ->
      [one] 1 more is not listed.
     *[other] { NUMBER($n) } more are not listed.
  }`,
  "findings.problem": "Problem",
  "findings.warning": "Warning",
  "findings.note": "Note",
  "findings.learn": "Learn more",
  "findings.show-more": "Show more",
  "findings.about": "What is wrong or costly in this capture",
  "findings.more-rows": "of { NUMBER($n) }",
  "findings.connections": "{ NUMBER($n) } connections",
  "findings.handshake": "Handshake: { $title }",
  "findings.uncompressed": "Text is not compressed",
  "findings.uncompressed-about": "{ BYTES($text) } of text went uncompressed. permessage-deflate, tried on { BYTES($sample) } of what went to and from this address, saves { BYTES($saved) } ({ SHARE($share) }).",
  "findings.closed": "Closed with code { $code }",
  "findings.closed-first": `{ $way ->
      [sent] The client
     *[received] The server
  } sent its close frame first, in #{ NUMBER($frame) }.`,
  "findings.closed-by-server": "The server closed it: no page or browser sends this code.",
  "findings.closed-reason": "The reason given is { $reason }.",
  "findings.closed-idle": "The connection was cut without a close frame after { DURATION($ms) } without a message. The usual cause is a proxy or load balancer that ends idle connections: send a heartbeat more often than that.",
  "findings.closed-cause": `{ $code ->
      [1002] One side found the other to break the protocol. Look at the last messages, and at proxies between.
      [1003] The receiver does not take this kind of data, text or binary.
      [1006] No close frame came: the network, a proxy or the end of a process cut the connection.
      [1007] A text message was not valid UTF-8.
      [1008] The receiver refused a message by its policy. The usual causes are a missing or expired sign-in, and rate limits.
      [1009] A message was larger than the receiver takes. Send smaller ones, or raise its limit.
      [1010] The server did not accept an extension that the client requires.
      [1011] The server failed while handling a message. See its log.
      [1012] The server is restarting. Connect again after a random wait.
      [1013] The server is overloaded. Connect again later.
      [1014] A gateway got an invalid response from the server behind it.
      [1015] TLS failed. Check the server's certificate.
     *[other] This code is the application's own. The server’s documentation says what it means.
  }`,
  "findings.storm": "Reconnects again and again",
  "findings.storm-about": "{ NUMBER($n) } connections to this URL pattern followed each other in { DURATION($span) }.",
  "findings.storm-steady": "The wait between them is { DURATION($wait) } and does not grow: back off, so that a server that restarts is not overrun.",
  "findings.storm-wait": "The wait between them is { DURATION($wait) }.",
  "findings.storm-unknown": `{ $n ->
      [one] How 1 of them ended is not known: by the page, the server or the network. Its close code would tell more.
     *[other] How { NUMBER($n) } of them ended is not known: by the page, the server or the network. Their close codes would tell more.
  }`,
  "findings.storm-grows": "The wait between them grows from { DURATION($from) } to { DURATION($to) }.",
  "findings.same-end": "Always ends in the same way",
  "findings.same-silence": "{ NUMBER($n) } connections to this URL pattern each ended after { DURATION($ms) } without a message. That is an idle timeout, of the server or of a proxy: send a heartbeat more often than that.",
  "findings.same-life": "{ NUMBER($n) } connections to this URL pattern each ended { DURATION($ms) } after they opened. That is a time limit, of the server, of a proxy or of a token.",
  "findings.silent": "Opened, and nothing was sent",
  "findings.silent-about": "No message went either way in { DURATION($ms) }.",
  "findings.heartbeats": "Heartbeats without an answer",
  "findings.heartbeats-about": `{ $n ->
      [one] One heartbeat was not answered. They are sent every { DURATION($interval) } and usually answered within { DURATION($delay) }.
     *[other] { NUMBER($n) } heartbeats were not answered. They are sent every { DURATION($interval) } and usually answered within { DURATION($delay) }.
  }`,
  "findings.answers-stop": "Answers that stopped",
  "findings.answers-stop-about": "{ $name } has not been answered since #{ NUMBER($frame) }: { NUMBER($n) } requests are waiting. Before that, { NUMBER($answered) } were answered within { DURATION($ms) }.",
  "findings.unanswered": "Requests without an answer",
  "findings.unanswered-about": `{ $n ->
      [one] One request was not answered: { $names }. Others were answered within { DURATION($ms) }.
     *[other] { NUMBER($n) } requests were not answered: { $names }. Others were answered within { DURATION($ms) }.
  }`,
  "findings.latency": "Answers became slow",
  "findings.latency-about": "Answers to { $name } took { DURATION($before) }, and from #{ NUMBER($n) } on { DURATION($after) } and more (medians).",
  "findings.stream": "{ $label } of { $name }",
  "findings.gaps": "Messages are missing",
  "findings.gaps-about": `{ $n ->
      [one] The numbers of { $name } ({ $key }) lack 1 message, between { NUMBER($before) } and { NUMBER($after) }.
     *[other] { $places ->
          [one] The numbers of { $name } ({ $key }) lack { NUMBER($n) } messages, between { NUMBER($before) } and { NUMBER($after) }.
         *[other] The numbers of { $name } ({ $key }) lack { NUMBER($n) } messages in { NUMBER($places) } places, first between { NUMBER($before) } and { NUMBER($after) }.
      }
  }`,
  "findings.gaps-cause": "TCP loses nothing within a connection: look at what the server sends.",
  "findings.again": "Messages came twice",
  "findings.again-about": `{ $n ->
      [one] One message of { $name } came twice, with { $key } { NUMBER($number) }.
     *[other] { NUMBER($n) } messages of { $name } came twice, the first with { $key } { NUMBER($number) }.
  }`,
  "findings.repeated": "The same message over and over",
  "findings.repeated-about": `{ $way ->
      [sent] { $name } was sent { NUMBER($n) } times in a row without a change, { BYTES($bytes) } in all.
     *[received] { $name } was received { NUMBER($n) } times in a row without a change, { BYTES($bytes) } in all.
  }`,
  "findings.heavy": "One type makes most of the bytes",
  "findings.heavy-about": "{ $name } makes { SHARE($share) } of the bytes: { BYTES($bytes) } in { NUMBER($n) } messages, the largest { BYTES($largest) }.",
  "findings.burst": "A burst of messages",
  "findings.burst-about": "{ NUMBER($n) } messages passed within a second; usually it is { NUMBER($usual) }.",
} as const;
