import { Decoder as LibraryDecoder, decodeTimestampToTimeSpec, EXT_TIMESTAMP, type ExtensionCodecType } from "@msgpack/msgpack";
import type { DecodeProblem } from "../decoder.ts";
import { toJsonText } from "../json-text.ts";
import type { PlainObject, PlainValue } from "../plain-value.ts";
import { scanMessagePack } from "./message-pack-shape.ts";

export interface MessagePackRead {
  /** Undefined where the bytes are broken. */
  readonly value: PlainValue | undefined;
  /** The byte after the value, or where it broke. */
  readonly end: number;
  readonly problem: DecodeProblem | undefined;
}

/**
 * Reads one MessagePack value. Never throws. What JSON has no word for becomes:
 *
 * | MessagePack | value |
 * | --- | --- |
 * | int 64, uint 64 beyond 2^53 | bigint, and then all 64-bit integers of the message |
 * | bin | `Uint8Array` that shares the payload's memory |
 * | timestamp (ext -1) | ISO 8601 text with as many of its nanoseconds as it has |
 * | any other ext | `{$ext: type, data: bytes}` |
 * | a map's key that is an integer | its digits |
 * | any other key that is no string | `$key:` and its JSON text: `$key:null` |
 */
export function readMessagePack(bytes: Uint8Array): MessagePackRead {
  const { end, hasWideInteger, problem } = scanMessagePack(bytes);
  if (problem !== undefined) return { value: undefined, end, problem };
  try {
    const value = (hasWideInteger ? EXACT : PLAIN).decode(end === bytes.length ? bytes : bytes.subarray(0, end)) as PlainValue;
    const after = bytes.length - end;
    return {
      value,
      end,
      problem: after === 0 ? undefined : { message: `${after} more ${after === 1 ? "byte follows" : "bytes follow"} the value.`, offset: end },
    };
  } catch (error) {
    // The walk has seen each value, so this is a rule that only the library knows.
    return { value: undefined, end, problem: { message: error instanceof Error ? error.message : String(error), offset: 0 } };
  }
}

/**
 * The first entries of a map of which only the head is there; undefined where it begins no map. Entries that do not
 * end within the head are left out.
 */
export function readMessagePackHead(head: Uint8Array): PlainObject | undefined {
  const first = head[0] ?? 0;
  const isFixed = first >= 0x80 && first < 0x90;
  if (!isFixed && first !== 0xde && first !== 0xdf) return undefined;
  const entries: [string, PlainValue][] = [];
  for (let at = isFixed ? 1 : first === 0xde ? 3 : 5; at < head.length; ) {
    const key = scanMessagePack(head, at);
    if (key.problem !== undefined) break;
    const value = scanMessagePack(head, key.end);
    if (value.problem !== undefined) break;
    const name = readMessagePack(head.subarray(at, key.end)).value;
    const held = readMessagePack(head.subarray(key.end, value.end)).value;
    if (name === undefined || held === undefined) break;
    entries.push([mapKeyConverter(name), held]);
    at = value.end;
  }
  return Object.fromEntries(entries);
}

const EXTENSIONS: ExtensionCodecType<undefined> = {
  tryToEncode: () => null,
  decode: (data, type) => (type === EXT_TIMESTAMP ? timestampText(data) : undefined) ?? { $ext: type, data },
};

/** Before the JSON text of a map's key that is neither string nor integer, so that it is no string's like. */
export const ODD_KEY = "$key:";

function mapKeyConverter(key: unknown): string {
  if (typeof key === "string") return key;
  return Number.isSafeInteger(key) || typeof key === "bigint" ? String(key) : `${ODD_KEY}${toJsonText(key)}`;
}

const PLAIN = new LibraryDecoder({ extensionCodec: EXTENSIONS, mapKeyConverter, useBigInt64: false });
const EXACT = new LibraryDecoder({ extensionCodec: EXTENSIONS, mapKeyConverter, useBigInt64: true });

/** The specification's "Timestamp extension type"; undefined where it is none, or beyond the years of a Date. */
function timestampText(data: Uint8Array): string | undefined {
  try {
    const { sec, nsec } = decodeTimestampToTimeSpec(data);
    const [whole = ""] = new Date(sec * 1000).toISOString().split(".");
    const digits = String(nsec).padStart(9, "0").replace(/(?:000){1,2}$/, "");
    return digits.length > 9 ? undefined : `${whole}.${digits}Z`;
  } catch {
    return undefined;
  }
}
