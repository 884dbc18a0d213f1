import { sha1 } from "@noble/hashes/legacy.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { base64Text } from "./base64.ts";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** The Sec-WebSocket-Accept that answers a Sec-WebSocket-Key (RFC 6455 §4.2.2, item 5.4). Takes any text. */
export function computeAccept(key: string): string {
  return base64Text(sha1(utf8ToBytes(key + GUID)));
}

/** Whether a key is what RFC 6455 §4.1 asks for: 16 bytes in base64. */
export function isWellFormedKey(key: string): boolean {
  return /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(key);
}
