import { OPCODE_BINARY } from "../../model/frame.ts";
import type { FrameToDecode } from "../decoder.ts";
import { decodeHead } from "../utf8-text.ts";

const LITTLE = "utf-16le";
const BIG = "utf-16be";
/** Characters at the start that must be as JSON or XML has them, where no mark says the order of bytes. */
const LOOKED_AT = 4;

/** The order of the bytes of a text in UTF-16, by its mark or by how JSON and XML begin; undefined where it is none. */
export function utf16Of(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0] = bytes;
  if (bytes.length < 2 * LOOKED_AT || bytes.length % 2 !== 0) return undefined;
  if (first === 0xff && second === 0xfe) return LITTLE;
  if (first === 0xfe && second === 0xff) return BIG;
  const isPlain = (low: 0 | 1): boolean => {
    for (let i = 0; i < LOOKED_AT; i++) {
      const byte = bytes[2 * i + low] ?? 0;
      if (byte < 0x09 || byte > 0x7e || bytes[2 * i + 1 - low] !== 0) return false;
    }
    return true;
  };
  if (begins(first) && isPlain(0)) return LITTLE;
  return begins(second) && isPlain(1) ? BIG : undefined;
}

/** A brace or a bracket of JSON, or one of XML. */
const begins = (byte: number): boolean => byte === 0x7b || byte === 0x5b || byte === 0x3c;

/** Whether an XML declaration says that the rest is in a character set of one of these names, in lower case. */
export function declares({ bytes, opcode }: Pick<FrameToDecode, "bytes" | "opcode">, names: readonly string[]): boolean {
  if (opcode !== OPCODE_BINARY || bytes[0] !== 0x3c) return false;
  const declared = /^<\?xml\s[^>]*\bencoding=["']([\w-]+)["']/.exec(decodeHead(bytes, 128))?.[1];
  return declared !== undefined && names.includes(declared.toLowerCase());
}
