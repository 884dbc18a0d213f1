/** The list of connections. */
export const connections = {
  "connections.name": "Connections",
  "connections.all": "All connections",
  "connections.chosen": "Connection: { $name }",
  "connections.choose": "Choose a connection",
  "connections.hide-ended": `{ $n ->
      [one] Hide { NUMBER($n) } ended connection
     *[other] Hide { NUMBER($n) } ended connections
  }`,
  "connections.hide-ended-about": "Hide ended connections",
  "connections.show-ended-about": "Show ended connections",
  "connections.ended": "{ NUMBER($n) } ended",
  "connections.host": "Host",
  "connections.protocol": "Protocol",
  "connections.no-protocol": "Unknown protocol",
  "connections.page": "Page",
  "connections.frame": "Frame",
  "connections.worker": "Dedicated worker",
  "connections.service-worker": "Service worker",
  "connections.shared-worker": "Shared worker",
  "connections.user": "You",
  "connections.popup": "Popup",
  "connections.other": "Target",
  "connections.unknown-url": "Unknown URL",
  "connections.not-from-start": "already open",
  "connections.closed": "closed",
  "connections.closed-code": "closed { $code }",
  "connections.handshake-failed": "handshake failed",
  "connections.handshake-refused": "{ $status } · handshake refused",
  "connections.event-stream": "event stream",
  "connections.reconnection": "reconnection { NUMBER($n) }",
  "connections.reconnection-about": "Reconnection { NUMBER($n) } of connection { $first }",
  "connections.times-about": `{ $n ->
      [one] Connected again once.
     *[other] Connected again { NUMBER($n) } times.
  }`,
  "connections.stream-failed": "failed",
  "connections.stream-refused": "refused: { $status }",
  "connections.no-stream": "not an event stream",
  "connections.capture-ended": "open at the end",
  "connections.state-connecting": "connecting",
  "connections.state-open": "open",
  "connections.state-closed": "closed",
  "connections.state-failed": "failed",
  "connections.counts": `{ $n ->
      [one] { NUMBER($n) } frame · { BYTES($bytes) }
     *[other] { NUMBER($n) } frames · { BYTES($bytes) }
  }`,
  "connections.unknown-url-about": "Chrome has not reported the URL of this connection.",
  "connections.not-from-start-about": "It was opened before capturing started. Its handshake is unknown.",
  "connections.find-silent": "Find silent connections",
  "connections.find-silent-about": "Find connections that were opened before capturing started and have been silent since.",
  "connections.find-address": "Find address",
  "connections.finding": "Finding…",
  "connections.stands-still": "The page may stand still for some seconds.",
  "connections.reload-about": "Reload the page to capture it from the start.",
  "connections.seek": "Find connections",
  "connections.sort": "Sort connections",
  "connections.sort-opened": "By opening",
  "connections.sort-frames": "Most frames",
  "connections.sort-bytes": "Most bytes",
  "connections.sort-address": "By address",
} as const;
