import type { WebSocketConnection } from "../connection.ts";
import type { HandshakeFinding } from "./finding.ts";

/** What the capture saw of a handshake. */
export interface Seen {
  readonly hasRequest: boolean;
  readonly hasResponse: boolean;
}

/** One thing of a handshake that is explained: one file in checks/, under its id, and one line in registry.ts. */
export interface HandshakeCheck {
  readonly id: string;
  /** The part of a standard, or the page of MDN, that it is about. */
  readonly link: string;
  /** It is asked only where the capture saw this much. */
  readonly needs: "nothing" | "either" | "request" | "response";
  /** Takes what a server sends as it is: never throws, and takes time linear in the headers. Nothing to say: no findings. */
  explain(connection: WebSocketConnection, seen: Seen): readonly HandshakeFinding[];
}
