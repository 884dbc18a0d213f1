import type { OutgoingMessage } from "../../model/outgoing-message.ts";
import { say, type Said } from "../../model/said.ts";

/** How what is typed is meant. */
export type Draft =
  | { readonly form: "text" | "hex" | "base64"; readonly text: string }
  /** A value as JSON, of which its decoder makes the message. */
  | { readonly form: "value"; readonly text: string; readonly decoder: string }
  | { readonly form: "file"; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** What there is to say of a draft while it is typed. */
export interface DraftCheck {
  /** As text and as binary; null where it cannot be sent so. Of a value its decoder makes both. */
  readonly text: OutgoingMessage | null;
  readonly binary: OutgoingMessage | null;
  /** Bytes of the message; null of a value. */
  readonly size: number | null;
  /** What is wrong with it. */
  readonly problem: Said | null;
}

const NOTHING = { text: null, binary: null, size: null } as const;
/** Longer texts are not looked through with every key. */
const MOST_CHECKED = 1_000_000;
const encoder = new TextEncoder();

/** Cost: a pass over the text, and where it begins as JSON a reading of it. */
export function checkDraft(draft: Draft): DraftCheck {
  switch (draft.form) {
    case "text": {
      const bytes = encoder.encode(draft.text);
      return { text: { type: "text", text: draft.text }, binary: { type: "binary", bytes }, size: bytes.length, problem: textProblem(draft.text) };
    }
    case "hex":
    case "base64": {
      const bytes = draft.form === "hex" ? readHex(draft.text) : readBase64(draft.text);
      if (bytes === null) return { ...NOTHING, problem: say(draft.form === "hex" ? "live.bad-hex" : "live.bad-base64") };
      const text = readUtf8(bytes);
      return { text: text === null ? null : { type: "text", text }, binary: { type: "binary", bytes }, size: bytes.length, problem: text === null ? say("live.not-text") : null };
    }
    case "value":
      return { ...NOTHING, problem: isJson(draft.text) ? null : say("live.bad-value", { decoder: draft.decoder }) };
    case "file":
      return { text: null, binary: { type: "binary", bytes: draft.bytes }, size: draft.bytes.length, problem: null };
  }
}

function textProblem(text: string): Said | null {
  if (!text.isWellFormed()) return say("live.lone-surrogates");
  if (text.length > MOST_CHECKED || !/^\s*[[{]/.test(text)) return null;
  return jsonProblem(text);
}

const isJson = (text: string): boolean => jsonProblem(text) === null;

function jsonProblem(text: string): Said | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    // V8 tells the place, where it has one, as a number alone.
    const place = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    if (place === undefined) return say("live.bad-json");
    const lines = text.slice(0, Number(place)).split("\n");
    return say("live.bad-json-at", { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 });
  }
}

/** Digits in pairs, with spaces, commas or `0x` between them as people write them; null for anything else. */
export function readHex(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/0x|[\s,:]+/gi, "");
  if (digits.length % 2 !== 0 || /[^\da-f]/i.test(digits)) return null;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Also the form that URLs have, and without padding; null for anything else. */
export function readBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const plain = text.replace(/\s+/g, "").replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  if (/[^A-Za-z\d+/]/.test(plain) || plain.length % 4 === 1) return null;
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

function readUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes of messages that go out together. */
export const sizeOf = (messages: readonly OutgoingMessage[]): number => messages.reduce((sum, message) => sum + (message.type === "text" ? new TextEncoder().encode(message.text).length : message.bytes.length), 0);
