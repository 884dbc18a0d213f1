import { decodePacket } from "engine.io-parser";
import { OPCODE_TEXT } from "../../model/frame.ts";
import type { FrameToDecode } from "../decoder.ts";
import { decodeUtf8 } from "../utf8-text.ts";

/** Engine.IO revisions: 3 is Socket.IO 2's, 4 is that of Socket.IO 3 and 4. */
export type EngineRevision = 3 | 4;

export type EnginePacketType = "open" | "close" | "ping" | "pong" | "message" | "upgrade" | "noop";

/** One Engine.IO packet; over WebSocket each message is one. */
export interface EnginePacket {
  readonly type: EnginePacketType;
  /** Text after the type; bytes of a binary message; empty where the packet holds nothing. */
  readonly data: string | Uint8Array;
  /** Bytes of the payload before `data`. */
  readonly from: number;
}

const MESSAGE_BYTE = 4;
const TYPES: ReadonlySet<string> = new Set(["open", "close", "ping", "pong", "message", "upgrade", "noop"]);

/**
 * Reads one packet (github.com/socketio/engine.io-protocol, "Packet encoding"). Undefined where the message is none.
 *
 * The library does the reading of texts, base64 among them (`b…`, from a side that cannot send binary). A binary
 * message is the bytes themselves in revision 4; in revision 3 its first byte is the type, which the library, being of
 * revision 4, does not know; nor the second character of its base64.
 */
export function readEnginePacket({ bytes, opcode }: FrameToDecode, revision: EngineRevision): EnginePacket | undefined {
  if (opcode !== OPCODE_TEXT) {
    if (revision === 4) return { type: "message", data: bytes, from: 0 };
    return bytes[0] === MESSAGE_BYTE ? { type: "message", data: bytes.subarray(1), from: 1 } : undefined;
  }
  const text = decodeUtf8(bytes);
  const isBase64 = text.startsWith("b");
  const from = isBase64 && revision === 3 ? 2 : 1;
  if (isBase64 && !BASE64.test(text.slice(from))) return undefined;
  const { type, data } = decodePacket(from === 2 ? `b${text.slice(from)}` : text, "arraybuffer") as { type: string; data?: unknown };
  if (!isPacketType(type)) return undefined;
  return { type, data: data instanceof ArrayBuffer ? new Uint8Array(data) : typeof data === "string" ? data : "", from };
}

const BASE64 = /^[A-Za-z\d+/]+={0,2}$/;

const isPacketType = (type: string): type is EnginePacketType => TYPES.has(type);
