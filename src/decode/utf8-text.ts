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
