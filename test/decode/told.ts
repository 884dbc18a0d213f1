import type { ConnectionDecoderOptions } from "../../src/decode/connection-decoder.ts";
import type { ConnectionFacts, Decoded, FrameToDecode } from "../../src/decode/decoder.ts";
import { decodeAll, UNKNOWN } from "./messages.ts";

/** A connection to an address, with a subprotocol where it has one. */
export const connectionTo = (url: string, subprotocol = ""): ConnectionFacts => ({ url, subprotocol });

/** What the columns have of a message: `request order #7 @orders`, `answer ok ←7`; the decoder before it where it is not `usual`. */
export function tell(decoded: Decoded | undefined, usual: string): string {
  if (decoded === undefined) return "nobody";
  const { decoder, kind, label, id, answers, topic } = decoded;
  const parts = [kind, label, id === undefined ? "" : `#${id}`, answers === undefined ? "" : `←${answers}`, topic === undefined ? "" : `@${topic}`];
  return `${decoder === usual ? "" : `${decoder}: `}${parts.filter((part) => part !== "").join(" ")}`;
}

/** Every message of a connection, those of a frame of several one after another. */
export function told(usual: string, frames: readonly FrameToDecode[], connection: ConnectionFacts = UNKNOWN, options: ConnectionDecoderOptions = {}): string[] {
  return decodeAll(frames, connection, options).flatMap((decoded) => (decoded === undefined || decoded.messages.length === 0 ? [tell(decoded, usual)] : decoded.messages.map((message) => tell(message.decoded, usual))));
}
