/** UTF-8 as decoders need it: whole payloads, heads that may end within a character, and places in bytes. */

// `ignoreBOM` keeps a byte order mark in the text, so that places in the text stay places in the payload.
const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });
const STRICT = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** Text of a text message. Broken UTF-8 becomes U+FFFD: Chrome has already let the message pass. */
export const decodeUtf8 = (bytes: Uint8Array): string => LENIENT.decode(bytes);

/** Undefined where the bytes are no UTF-8. */
export function decodeStrictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Text of the first `atMost` bytes; a character cut in two at the end is left out. */
export function decodeHead(bytes: Uint8Array, atMost: number): string {
  if (bytes.length <= atMost) return LENIENT.decode(bytes);
  // The three bytes before the end can begin a character that does not end before it (RFC 3629 §3).
  let end = atMost;
  while (end > atMost - 3 && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return LENIENT.decode(bytes.subarray(0, end));
}

/** Longer texts are worth the call to the decoder. */
const SHORT = 24;

/** The text of the bytes from `from` up to `to`, broken UTF-8 as U+FFFD. Quick for a short one, as keys and names are. */
export function utf8Between(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > SHORT) return LENIENT.decode(bytes.subarray(from, to));
  let all = 0;
  for (let at = from; at < to; at++) all |= bytes[at] as number;
  return all < 0x80 ? asciiText(bytes, from, to) : LENIENT.decode(bytes.subarray(from, to));
}

/** Several characters a call: one by one a text becomes a chain of its characters, which is slow to read. */
function asciiText(bytes: Uint8Array, from: number, to: number): string {
  const code = (at: number): number => bytes[at] as number;
  let text = "";
  let at = from;
  for (; at + 8 <= to; at += 8) {
    text += String.fromCharCode(code(at), code(at + 1), code(at + 2), code(at + 3), code(at + 4), code(at + 5), code(at + 6), code(at + 7));
  }
  if (at + 4 <= to) {
    text += String.fromCharCode(code(at), code(at + 1), code(at + 2), code(at + 3));
    at += 4;
  }
  switch (to - at) {
    case 3:
      return text + String.fromCharCode(code(at), code(at + 1), code(at + 2));
    case 2:
      return text + String.fromCharCode(code(at), code(at + 1));
    case 1:
      return text + String.fromCharCode(code(at));
    default:
      return text;
  }
}

/** Longer bytes are worth the call to the decoder, which throws where they are none. */
const LONG = 1024;

/** Whether the bytes from `from` up to `to` are UTF-8. */
export function isUtf8(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if ((bytes[at] as number) >= 0x80) return to - at > LONG ? decodeStrictUtf8(bytes.subarray(at, to)) !== undefined : areCharacters(bytes, at, to);
  }
  return true;
}

/** RFC 3629 §4, without a call that throws. */
function areCharacters(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const first = bytes[at] as number;
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length === 0 || at + length > to) return false;
    if (length > 1) {
      const second = bytes[at + 1] as number;
      // Neither a longer form than is needed, nor a surrogate, nor past the last character.
      const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
      const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
      if (second < least || second > most) return false;
      for (let more = at + 2; more < at + length; more++) if (((bytes[more] as number) & 0xc0) !== 0x80) return false;
    }
    at += length;
  }
  return true;
}

/** Whether a payload begins with an ASCII text. Cost: one byte where the first differs. */
export function beginsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Bytes that the first `to` UTF-16 units of a text take. Cost: those units. */
export function utf8Length(text: string, to = text.length): number {
  let length = 0;
  const end = Math.min(to, text.length);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) length += 1;
    else if (code < 0x800) length += 2;
    // A surrogate is half of a four-byte character.
    else if (code >= 0xd800 && code < 0xe000) length += 2;
    else length += 3;
  }
  return length;
}

/**
 * Where in the bytes the first `units` UTF-16 units of their text end, that of `decodeUtf8`; broken UTF-8 takes the bytes that it
 * takes. Cost: a pass over the text, and some twenty over bytes that are broken.
 */
export function byteOffset(bytes: Uint8Array, text: string, units: number): number {
  // What is broken takes at most the three bytes of U+FFFD: where the sum is right, so is each.
  if (utf8Length(text) === bytes.length) return utf8Length(text, units);
  let from = 0;
  let to = bytes.length;
  while (from < to) {
    const middle = (from + to + 1) >>> 1;
    if (LENIENT.decode(bytes.subarray(0, middle)).length <= units) from = middle;
    else to = middle - 1;
  }
  return from;
}
