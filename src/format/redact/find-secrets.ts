import { isUtf8 } from "../../decode/utf8-text.ts";
import { isWordByte } from "./bytes.ts";
import { lookAtFields } from "./find-in-binary.ts";
import { NamedSecrets } from "./find-named.ts";
import { afterEscape, escapesOf, OpenStrings } from "./json-depth.ts";
import { isBareNumber } from "./json-values.ts";
import { packedTexts } from "./packed-texts.ts";
import { SECRET_KINDS, type SecretKindId } from "./registry.ts";
import type { SecretFinding } from "./secret-finding.ts";
import type { Found } from "./secret-kind.ts";
import { mayTell } from "./secret-names.ts";

const NONE: readonly SecretFinding[] = [];

/**
 * The secrets in a message, in order, none within another. Text is looked through as it is, whatever it is: JSON, alone, in
 * records, behind a packet's type or as a text in JSON; queries and URLs; lines of `name: value`. So is binary (`isText`
 * false) that is UTF-8, as JSON in a binary message; of any other fields of
 * MessagePack and CBOR, and what cannot be anything else. Any bytes, no throw;
 * about a pass over them.
 */
export function findSecrets(bytes: Uint8Array, isText = true): readonly SecretFinding[] {
  const found: SecretFinding[] = [];
  const isRead = isText || isUtf8(bytes, 0, bytes.length);
  const texts = isRead ? undefined : packedTexts(bytes);
  if (texts !== undefined) {
    lookAtFields(bytes, found);
    for (const text of texts) lookAtText(bytes, text, found);
    return found.length === 0 ? NONE : apart(found, bytes.length);
  }
  lookAtSigns(bytes, isRead, found);
  lookAtRuns(bytes, found);
  if (isRead) lookAtDigits(bytes, found);
  else lookAtFields(bytes, found);
  return found.length === 0 ? NONE : apart(found, bytes.length);
}

/** What stands in a text of packed bytes: what is beside it there, such as the head of the next, are no letters of it. */
function lookAtText(bytes: Uint8Array, { from, to }: Found, found: SecretFinding[]): void {
  if (to - from < LEAST_IN_PACKED) return;
  for (const one of findSecrets(bytes.subarray(from, to))) found.push({ ...one, from: from + one.from, to: from + one.to });
}

/** Shorter than any that tells itself. */
const LEAST_IN_PACKED = 6;

/** Of findings that overlap the longest counts, of equal ones the kind that comes first. */
function apart(found: readonly SecretFinding[], length: number): readonly SecretFinding[] {
  const inOrder = found.toSorted((a, b) => a.from - b.from);
  if (inOrder.every(({ from }, i) => i === 0 || from >= (inOrder[i - 1] as SecretFinding).to)) return inOrder;
  const ranked = found.toSorted((a, b) => b.to - b.from - (a.to - a.from) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.name.length - a.name.length);
  // None that is taken is shorter than one that comes later: where they overlap, it has an end of the later one.
  const taken = new Uint8Array(length);
  const kept = ranked.filter(({ from, to }) => {
    if (taken[from] === 1 || taken[to - 1] === 1) return false;
    taken.fill(1, from, to);
    return true;
  });
  return kept.toSorted((a, b) => a.from - b.from);
}

const ORDER = SECRET_KINDS.map(({ id }) => id);
const AT_SIGN_KINDS = SECRET_KINDS.filter(({ atSign }) => atSign !== undefined);
const RUN_KINDS = SECRET_KINDS.filter(({ inRun }) => inRun !== undefined);
const DIGIT_KINDS = SECRET_KINDS.filter(({ inDigits }) => inDigits !== undefined);

const addFound = (kind: SecretKindId, { from, to }: Found, found: SecretFinding[], bare?: number): void => void found.push({ kind, from, to, name: "", bare });

/** Names before `:` and `=`, and what stands around `@`. */
function lookAtSigns(bytes: Uint8Array, isText: boolean, found: SecretFinding[]): void {
  const named = new NamedSecrets(bytes, found);
  for (let at = 0; at < bytes.length; at++) {
    const sign = SIGNS[bytes[at] as number] as number;
    if (sign === 0) continue;
    if (sign === AT_SIGN) {
      for (const { id, atSign } of AT_SIGN_KINDS) {
        const place = atSign?.(bytes, at, isText);
        if (place !== undefined && (isText || place.to - place.from >= LEAST_IN_BINARY)) addFound(id, place, found);
      }
    } else if (isText) {
      // Most colons stand behind the name of an ordinary field.
      const isOrdinary = bytes[at - 1] === QUOTE && bytes[at - 2] !== BACKSLASH && !mayTell(bytes, at - 1);
      if (sign !== COLON) named.lookAtEquals(at);
      else if (!isOrdinary) named.lookAtColon(at);
    }
  }
}

/** Shorter ones come about in bytes that are no text. */
const LEAST_IN_BINARY = 12;

/** Runs of letters, digits, `_`, `-`, `.` of 16 at least: each has a byte at one of the places that are looked at. */
function lookAtRuns(bytes: Uint8Array, found: SecretFinding[]): void {
  for (let at = RUN - 1; at < bytes.length; ) {
    if (IN_RUN[bytes[at] as number] === 0) {
      at += RUN;
      continue;
    }
    let from = at;
    while (from > 0 && IN_RUN[bytes[from - 1] as number] === 1) from--;
    let to = at + 1;
    while (to < bytes.length && IN_RUN[bytes[to] as number] === 1) to++;
    // The letter of `\n` is none of its own.
    from = afterEscape(bytes, from);
    if (to - from >= RUN) {
      for (const { id, inRun } of RUN_KINDS) {
        for (let place = inRun?.(bytes, from, to); place !== undefined; place = to - place.to < RUN ? undefined : inRun?.(bytes, place.to, to)) addFound(id, place, found);
      }
    }
    at = to + RUN;
  }
}

/** Runs of digits, spaces and hyphens, likewise. */
function lookAtDigits(bytes: Uint8Array, found: SecretFinding[]): void {
  let strings: OpenStrings | undefined;
  for (let at = DIGITS - 1; at < bytes.length; ) {
    if (!isOfNumber(bytes[at] as number)) {
      at += DIGITS;
      continue;
    }
    let from = at;
    while (from > 0 && isOfNumber(bytes[from - 1] as number)) from--;
    let to = at + 1;
    while (to < bytes.length && isOfNumber(bytes[to] as number)) to++;
    if (to - from >= DIGITS && to - from <= MOST_DIGITS) {
      for (const { id, inDigits } of DIGIT_KINDS) {
        for (const place of inDigits?.(bytes, from, to) ?? []) {
          addFound(id, place, found, isBareNumber(bytes, place) ? escapesOf((strings ??= new OpenStrings(bytes)).depthAt(place.from)) : undefined);
        }
      }
    }
    at = to + DIGITS;
  }
}

const RUN = 16;
const DIGITS = 14;
/** Longer is a table of numbers. */
const MOST_DIGITS = 4096;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isOfNumber = (byte: number): boolean => isDigit(byte) || byte === SPACE || byte === HYPHEN;

const SPACE = 0x20;
const QUOTE = 0x22;
const HYPHEN = 0x2d;
const POINT = 0x2e;
const COLON_SIGN = 0x3a;
const BACKSLASH = 0x5c;

/** What names stand before, and e-mail addresses around. */
const COLON = 1;
const EQUALS = 2;
const AT_SIGN = 3;
const SIGNS = new Uint8Array(256);
SIGNS[COLON_SIGN] = COLON;
SIGNS[0x3d] = EQUALS;
SIGNS[0x40] = AT_SIGN;

const IN_RUN = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) if (isWordByte(byte) || byte === HYPHEN || byte === POINT) IN_RUN[byte] = 1;
