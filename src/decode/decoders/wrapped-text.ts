import { OPCODE_TEXT } from "../../model/frame.ts";
import { STRING } from "../../model/value-document.ts";
import { carry } from "../carried/carry.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { readJson } from "../json/read-json.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { decodeHead, decodeUtf8 } from "../utf8-text.ts";

/**
 * A message within a text: in base64, percent-encoded, as a JSON string, or JSON behind a prefix that keeps it from being run
 * (`)]}'`, `for(;;);`, `while(1);`).
 *
 * Sure where what is unwrapped is a message that some decoder is sure of; a word that could be base64 is a word.
 */
export const wrappedText = {
  id: "wrapped-text",
  name: "Wrapped Text",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_TEXT && unwrap(bytes) !== undefined,
  open: (context): DecodeSession => ({
    decode: (frame) => {
      const { bytes, opcode } = frame;
      if (!context.isPinned && (opcode !== OPCODE_TEXT || bytes.length > context.maxBytes)) return undefined;
      const unwrapped = unwrap(bytes);
      if (unwrapped === undefined) return context.isPinned ? streamBroken(wrappedText, bytes.length) : undefined;
      const [what, inner] = unwrapped;
      const layer = { stage: "transport", name: wrappedText.name, what, from: 0, to: bytes.length, problem: undefined } as const;
      const carried = carry(wrappedText, context, frame, inner, { layer });
      return carried.speaks === wrappedText.id && !context.isPinned ? undefined : carried;
    },
  }),
} as const satisfies Decoder;

const ENCODER = new TextEncoder();
/** A shorter one holds nothing. */
const LEAST_BYTES = 8;
const PREFIX = /^(?:\)\]\}',?\s*|for ?\(;;\);\s*|while ?\(1\);\s*|\/\*-secure-\s*)(?=[{[])/;

/** What wraps, and what is in it. */
function unwrap(bytes: Uint8Array): readonly [string, Uint8Array] | undefined {
  switch (bytes[0]) {
    case undefined:
      return undefined;
    case QUOTE: {
      const { document, problem } = readJson(bytes);
      return document === undefined || problem !== undefined || document.kindOf(0) !== STRING ? undefined : ["JSON string", ENCODER.encode(document.textOf(0))];
    }
    case CLOSE_PARENTHESIS:
    case SMALL_F:
    case SMALL_W:
    case SLASH: {
      const prefix = PREFIX.exec(decodeHead(bytes, 32))?.[0];
      if (prefix !== undefined) return [prefix.trim(), bytes.subarray(prefix.length)];
      break;
    }
    case PERCENT:
      return percentDecoded(bytes);
  }
  return fromBase64(bytes);
}

const QUOTE = 0x22;
const PERCENT = 0x25;
const CLOSE_PARENTHESIS = 0x29;
const SLASH = 0x2f;
const SMALL_F = 0x66;
const SMALL_W = 0x77;

function percentDecoded(bytes: Uint8Array): readonly [string, Uint8Array] | undefined {
  if (!/^%(?:7B|5B|22)/i.test(decodeHead(bytes, 4))) return undefined;
  try {
    return ["percent-encoded", ENCODER.encode(decodeURIComponent(decodeUtf8(bytes)))];
  } catch {
    return undefined;
  }
}

const BASE64 = /^[A-Za-z\d+/_-]+={0,2}$/;

function fromBase64(bytes: Uint8Array): readonly [string, Uint8Array] | undefined {
  // Most texts are told from it by their head.
  if (bytes.length < LEAST_BYTES || !/^[A-Za-z\d+/_-]{8}/.test(decodeHead(bytes, LEAST_BYTES))) return undefined;
  const text = decodeUtf8(bytes);
  if (!BASE64.test(text) || text.replace(/=+$/, "").length % 4 === 1) return undefined;
  const characters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return ["base64", Uint8Array.from(characters, (character) => character.charCodeAt(0))];
}
