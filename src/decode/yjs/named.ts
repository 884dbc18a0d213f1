import { isUtf8, utf8Between } from "../utf8-text.ts";
import { varint } from "./awareness.ts";

/** What stands behind the name of a Hocuspocus document, besides the messages that Yjs has itself. */
export const AUTH = 2;
export const STATELESS = 5;
export const CLOSE = 7;
export const SYNC_STATUS = 8;
export const TOKEN = 0;

/** Shorter names are chance. */
const LEAST_NAME = 3;
const LONGEST_NAME = 200;

/** The document that a message is of, and where the rest of it begins; undefined where its start is no such name. */
export function readName(bytes: Uint8Array): { readonly name: string; readonly end: number } | undefined {
  const found = textAt(bytes, 0);
  return found === undefined || found.text.length < LEAST_NAME || found.text.length > LONGEST_NAME || !PRINTABLE.test(found.text) ? undefined : { name: found.text, end: found.end };
}

/** The message by which a client shows its token, which is the first of a connection: a name, and texts to the end. */
export function isTokenShown(bytes: Uint8Array): boolean {
  const found = readName(bytes);
  if (found === undefined || bytes[found.end] !== AUTH || bytes[found.end + 1] !== TOKEN) return false;
  const token = textAt(bytes, found.end + 2);
  return token !== undefined && (token.end === bytes.length || textAt(bytes, token.end)?.end === bytes.length);
}

const PRINTABLE = /^[^\p{C}\uFFFD]+$/u;

/** A text behind its length; undefined where it goes past the end. */
export function textAt(bytes: Uint8Array, from: number): { readonly text: string; readonly end: number } | undefined {
  const length = varint(bytes, from);
  const end = length && length.end + length.value;
  if (length === undefined || end === undefined || end > bytes.length || !isUtf8(bytes, length.end, end)) return undefined;
  return { text: utf8Between(bytes, length.end, end), end };
}
