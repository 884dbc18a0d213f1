/** Comments in what is copied as code, and why there is none. */
export const snippet = {
  "snippet.copied": `Copied { $path } as { $name }: { $n ->
      [0] no messages
      [one] 1 message
     *[other] { NUMBER($n) } messages
  }`,
  "snippet.copied-without": `Copied { $path } as { $name }: { $n ->
      [0] no messages
      [one] 1 message
     *[other] { NUMBER($n) } messages
  }. Secrets left out: { $secrets }`,
  "snippet.header": "Header { $name } of the handshake",
  "snippet.request-header": "Header { $name } of the request",
  "snippet.origins": "Where values came from",
  "snippet.url": "In the URL",
  "snippet.query": "Query parameter { $name } of the URL",
  "snippet.subprotocol": "In Sec-WebSocket-Protocol of the handshake",
  "snippet.field": "{ $name } in message { NUMBER($n) }",
  "snippet.message": "In message { NUMBER($n) }",
  "snippet.body-field": "{ $name } in the body of the request",
  "snippet.body": "In the body of the request",
  "snippet.from-json": "From { $method } { $url } → { $path }",
  "snippet.from-set-cookie": "From { $method } { $url } → cookie { $name }",
  "snippet.from-message": "From message { NUMBER($n) } → { $path }",
  "snippet.from-other-message": "From message { NUMBER($n) } of { $url } → { $path }",
  "snippet.from-cookie": "From cookie { $name }",
  "snippet.from-storage": "From { $storage } { $name }",
  "snippet.from-storage-json": "From { $storage } { $name } → { $path }",
  "snippet.cookie": "Cookie { $name } of the handshake",
  "snippet.answers-kept": "The responses named here are kept with the capture.",
  "snippet.from-text": "From { $method } { $url }, behind { $before }",
  "snippet.binary-secrets": `{ $n ->
      [one] { NUMBER($n) } binary message left out: it holds a secret. Copy with sensitive data to have it.
     *[other] { NUMBER($n) } binary messages left out: they hold secrets. Copy with sensitive data to have them.
  }`,
  "snippet.no-handshake": "The handshake was not captured: headers such as Origin and Cookie are not known.",
  "snippet.took-over": "The page had begun over HTTP polling: what it sent there, such as the auth data of a namespace, is not in the capture.",
  "snippet.first-only": "Only the first { NUMBER($n) } of { NUMBER($all) } messages.",
  "snippet.unreported": `{ $n ->
      [one] { NUMBER($n) } message left out: Chrome did not report its content.
     *[other] { NUMBER($n) } messages left out: Chrome did not report their content.
  }`,
  "snippet.greeting": "What the server sent first: milliseconds to wait, message",
  "snippet.exchanges": "What it answered to each message",
  "snippet.answers": "A message of the capture is answered as there, any other as the next one was.",
  "snippet.stay": "How long a user stays after the last message",
  "snippet.wscat-left-out": `{ $n ->
      [one] { NUMBER($n) } message left out: wscat sends text only.
     *[other] { NUMBER($n) } messages left out: wscat sends text only.
  }`,
  "snippet.zero-bytes": `{ $n ->
      [one] { NUMBER($n) } message left out: a shell cannot pass its zero bytes on.
     *[other] { NUMBER($n) } messages left out: a shell cannot pass their zero bytes on.
  }`,
  "snippet.too-long": `{ $n ->
      [one] { NUMBER($n) } message left out: it is too long for an argument of a command.
     *[other] { NUMBER($n) } messages left out: they are too long for an argument of a command.
  }`,
  "snippet.no-heartbeats": "{ $tool } sends no heartbeats: the server may close the connection.",
  "snippet.no-url": "Cannot copy as code: the URL of this connection is not known.",
  "snippet.no-connection": "Cannot copy as code: no WebSocket connection chosen.",
  "snippet.several": "Cannot copy as code: select messages of one connection.",
} as const;
