import type { TextLook } from "../contract/inspect.ts";
import { readJson } from "../decode/json/read-json.ts";
import { bytesOfBase64 } from "../model/base64.ts";
import type { ValueDocument } from "../model/value-document.ts";
import { decodeUtf8 } from "./payload-text.ts";
import { momentText } from "./time-hint.ts";

/** Times that an id is believed to tell: 2005 to 2100. */
const FIRST = Date.UTC(2005, 0);
const LAST = Date.UTC(2100, 0);
/** From 1582-10-15, where the clock of RFC 9562 §5.1 begins, to 1970, in units of 100 ns. */
const GREGORIAN = 0x01b21dd213814000n;

const UUID = /^([\da-f]{8})-([\da-f]{4})-([167])([\da-f]{3})-[89ab][\da-f]{3}-[\da-f]{12}$/i;
const ULID = /^[0-7][\dA-HJKMNP-TV-Z]{25}$/;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const JWT = /^(eyJ[\w-]+)\.(eyJ[\w-]+)\.[\w-]*$/;

/** What a text says beside its characters, for sure: the time in an id, that it is a token. Null: nothing. */
export function stringHint(text: string): string | null {
  if (text.length === 36) return uuidHint(text);
  if (text.length === 26) return ulidHint(text);
  return JWT.test(text) ? "JWT" : null;
}

/** RFC 9562: versions 1, 6 and 7 hold a time. */
function uuidHint(text: string): string | null {
  const [, first = "", second = "", version = "", third = ""] = UUID.exec(text) ?? [];
  if (version === "") return null;
  const ticks = version === "1" ? BigInt(`0x${third}${second}${first}`) : BigInt(`0x${first}${second}${third}`);
  const time = version === "7" ? Number.parseInt(first + second, 16) : Number((ticks - GREGORIAN) / 10_000n);
  return isBelieved(time) ? `UUID v${version} · ${momentText(time)}` : null;
}

/** https://github.com/ulid/spec: ten digits of 32 are milliseconds. */
function ulidHint(text: string): string | null {
  if (!ULID.test(text)) return null;
  let time = 0;
  for (const digit of text.slice(0, 10)) time = time * 32 + CROCKFORD.indexOf(digit);
  return isBelieved(time) ? `ULID · ${momentText(time)}` : null;
}

const isBelieved = (time: number): boolean => time >= FIRST && time < LAST;

const HEX_COLOUR = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;
/** So long it is more often a colour than a number of something, if it has a letter. */
const SURE_COLOUR = 7;
const COLOUR_KEY = /colou?r|background|foreground|fill|stroke|tint|^[bf]g$/i;
const WEB_ADDRESS = /^https?:\/\/\S+$/i;
const LONGEST_ADDRESS = 2048;

/** A text that is a colour as CSS writes it in digits, or the address of a page. `key`: where it stands, since `#123` may be a number of something. */
export function textLook(text: string, key: string | undefined): TextLook | null {
  if (text.startsWith("#")) {
    const isColour = HEX_COLOUR.test(text) && ((text.length >= SURE_COLOUR && /[a-f]/i.test(text)) || (key !== undefined && COLOUR_KEY.test(key)));
    return isColour ? { colour: text } : null;
  }
  return text.length <= LONGEST_ADDRESS && WEB_ADDRESS.test(text) && URL.canParse(text) ? { url: text } : null;
}

/** Longer texts are not read to find out whether they hold a value. */
const MOST_READ = 1 << 20;
const LEAST_BASE64 = 16;
/** Fewer characters may be a word. */
const LEAST_TEXT_BASE64 = 20;

/** What a text holds, if anything, before that is read: JSON, or where it is none a text that somebody wrote. */
export interface InnerText {
  readonly text: string;
  readonly mayBeText: boolean;
}

/** The value that a text holds: JSON, JSON or a text in base64, or what stands in a JSON Web Token (RFC 7519). Undefined: it is a text and no more. */
export function innerValue(text: string): ValueDocument | undefined {
  const inner = innerText(text);
  return inner && readInner(inner);
}

/** Whether a text begins like one that holds a value. Of base64 all of it is looked at; nothing is decoded. */
export const mayHoldValue = (text: string): boolean => text.length >= 2 && text.length <= MOST_READ && (JWT.test(text) || LIKE_JSON.test(text) || isLikeBase64(text));

/** The same of a text of any length, told by its first characters. */
export function beginsLikeValue(text: string): boolean {
  const head = text.slice(0, HEAD);
  return LIKE_JSON.test(head) || head.startsWith("eyJ") || isLikeBase64(head);
}
const HEAD = 1024;

const LIKE_JSON = /^\s*[[{]/;
const isLikeBase64 = (text: string): boolean => text.length >= LEAST_BASE64 && /^[\w+/-]+={0,2}$/.test(text);

/** Undefined where a text holds no value for sure. Cost: most texts are told by their first characters. */
export function innerText(text: string): InnerText | undefined {
  if (!mayHoldValue(text)) return undefined;
  const token = JWT.exec(text);
  if (token !== null) {
    const [header, payload] = [decoded(token[1] as string), decoded(token[2] as string)];
    return header === undefined || payload === undefined ? undefined : { text: `{"header":${DECODER.decode(header)},"payload":${DECODER.decode(payload)}}`, mayBeText: false };
  }
  if (LIKE_JSON.test(text)) return { text, mayBeText: false };
  const bytes = decoded(text);
  const written = bytes && decodeUtf8(bytes);
  return written === undefined ? undefined : { text: written, mayBeText: text.length >= LEAST_TEXT_BASE64 };
}

export function readInner({ text, mayBeText }: InnerText): ValueDocument | undefined {
  const json = LIKE_JSON.test(text) ? valueOf(text) : undefined;
  return json ?? (mayBeText && !UNWRITTEN.test(text) ? readJson(ENCODER.encode(JSON.stringify(text))).document : undefined);
}

/** Controls but white space, and what no alphabet has: no text that somebody wrote has these. */
const UNWRITTEN = /[^\P{C}\t\n\r]|\uFFFD/u;

/** Whole JSON of at least one entry. */
function valueOf(text: string): ValueDocument | undefined {
  const { document, problem } = readJson(ENCODER.encode(text));
  return problem === undefined && document !== undefined && document.isContainer(0) && document.childrenOf(0) > 0 ? document : undefined;
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return bytesOfBase64(text);
  } catch {
    return undefined;
  }
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
