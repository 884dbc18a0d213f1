/** One thing that a handshake's headers mean, in words. */
export interface HandshakeFinding {
  /** What it is about: `Sec-WebSocket-Accept`, `Subprotocol`, `permessage-deflate` … */
  readonly title: string;
  readonly verdict: "ok" | "note" | "problem" | "unknown";
  /** A plain sentence. */
  readonly text: string;
}

export interface HandshakeReport {
  readonly findings: readonly HandshakeFinding[];
}
