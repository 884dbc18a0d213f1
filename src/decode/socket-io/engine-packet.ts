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
  /** What stands behind the type; may share the payload's memory. */
  readonly data: Uint8Array;
  /** Of a message: `data` is text. */
  readonly isText: boolean;
  /** Bytes of the payload before `data`. */
  readonly from: number;
}

/** In revision 3 a binary message begins with its type as a number. */
const MESSAGE_BYTE = 4;
const MESSAGE_DIGIT = 0x34;
const BASE64_SIGN = 0x62;
const TYPES: ReadonlySet<string> = new Set(["open", "close", "ping", "pong", "message", "upgrade", "noop"]);

/**
 * Reads one packet (github.com/socketio/engine.io-protocol, "Packet encoding"). Undefined where the message is none.
 *
 * The library does the reading of types and of base64 (`b…`, from a side that cannot send binary). A binary message is
 * the bytes themselves in revision 4; in revision 3 its first byte is the type, which the library, being of revision 4,
 * does not know; nor the second character of its base64. A message's text is left as the bytes that it is.
 */
export function readEnginePacket({ bytes, opcode }: FrameToDecode, revision: EngineRevision): EnginePacket | undefined {
  if (opcode !== OPCODE_TEXT) {
    if (revision === 4) return { type: "message", data: bytes, isText: false, from: 0 };
    return bytes[0] === MESSAGE_BYTE ? { type: "message", data: bytes.subarray(1), isText: false, from: 1 } : undefined;
  }
  if (bytes[0] === MESSAGE_DIGIT) return { type: "message", data: bytes.subarray(1), isText: true, from: 1 };
  if (bytes[0] === BASE64_SIGN) return readBase64(decodeUtf8(bytes), revision === 3 ? 2 : 1);
  const { type } = decodePacket(decodeUtf8(bytes), "arraybuffer");
  return isPacketType(type) ? { type, data: bytes.subarray(1), isText: true, from: 1 } : undefined;
}

function readBase64(text: string, from: number): EnginePacket | undefined {
  const digits = text.slice(from);
  if (!BASE64.test(digits)) return undefined;
  const { type, data } = decodePacket(`b${digits}`, "arraybuffer") as { type: string; data?: unknown };
  if (!isPacketType(type) || !(data instanceof ArrayBuffer)) return undefined;
  return { type, data: new Uint8Array(data), isText: false, from };
}

const BASE64 = /^[A-Za-z\d+/]+={0,2}$/;

const isPacketType = (type: string): type is EnginePacketType => TYPES.has(type);
