import { asciiBetween, isWordByte } from "./bytes.ts";
import { SECRET_KINDS, type SecretKindId } from "./registry.ts";
import type { Found } from "./secret-kind.ts";
import { kindOfName, mayBeSecretName, suitsName } from "./secret-names.ts";

/** A secret, and where it stands: bytes `from` up to `to`, its value alone without quotes and without a scheme's name. */
export interface SecretFinding extends Found {
  readonly kind: SecretKindId;
  /** Of the field, parameter or header that it is the value of; empty where the value itself tells. */
  readonly name: string;
  /** Of a number in JSON: how many backslashes a quote has there, as JSON can stand in texts of JSON. Undefined for any other. */
  readonly bare: number | undefined;
}

const NONE: readonly SecretFinding[] = [];

/**
 * The secrets in a message, in order, none within another. Text is looked through as it is, whatever it is: JSON, alone, in
 * records, behind a packet's type or as a text in JSON; queries and URLs; lines of `name: value`. Of binary (`isText` false)
 * only what cannot be anything else. Any bytes, no throw; about a pass over them.
 */
export function findSecrets(bytes: Uint8Array, isText = true): readonly SecretFinding[] {
  const found: SecretFinding[] = [];
  lookAtSigns(bytes, isText, found);
  lookAtRuns(bytes, found);
  if (isText) lookAtDigits(bytes, found);
  return found.length === 0 ? NONE : found.length === 1 ? found : apart(found);
}

/** Of findings that overlap the longest counts, of equal ones the kind that comes first. */
function apart(found: readonly SecretFinding[]): readonly SecretFinding[] {
  const ranked = found.toSorted((a, b) => b.to - b.from - (a.to - a.from) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.name.length - a.name.length);
  const kept: SecretFinding[] = [];
  for (const one of ranked) if (!kept.some(({ from, to }) => one.from < to && from < one.to)) kept.push(one);
  return kept.toSorted((a, b) => a.from - b.from);
}

const ORDER = SECRET_KINDS.map(({ id }) => id);
const AT_SIGN_KINDS = SECRET_KINDS.filter(({ atSign }) => atSign !== undefined);
const RUN_KINDS = SECRET_KINDS.filter(({ inRun }) => inRun !== undefined);
const DIGIT_KINDS = SECRET_KINDS.filter(({ inDigits }) => inDigits !== undefined);

const addFound = (kind: SecretKindId, { from, to }: Found, found: SecretFinding[], bare?: number): void => void found.push({ kind, from, to, name: "", bare });

/** Names before `:` and `=`, and what stands around `@`. */
function lookAtSigns(bytes: Uint8Array, isText: boolean, found: SecretFinding[]): void {
  for (let at = 0; at < bytes.length; at++) {
    const sign = SIGNS[bytes[at] as number] as number;
    if (sign === 0) continue;
    if (sign === AT_SIGN) {
      for (const { id, atSign } of AT_SIGN_KINDS) {
        const place = atSign?.(bytes, at);
        if (place !== undefined && (isText || place.to - place.from >= LEAST_IN_BINARY)) addFound(id, place, found);
      }
    } else if (isText) {
      if (sign === COLON) lookAtColon(bytes, at, found);
      else lookAtEquals(bytes, at, found);
    }
  }
}

/** Shorter ones come about in bytes that are no text. */
const LEAST_IN_BINARY = 12;
const LONGEST_NAME = 60;

/** `"name": value`, also where it is escaped as a text of JSON within JSON, and `name: value` as a line. */
function lookAtColon(bytes: Uint8Array, colon: number, found: SecretFinding[]): void {
  let end = colon;
  while (end > 0 && colon - end < 4 && bytes[end - 1] === SPACE) end--;
  if (bytes[end - 1] !== QUOTE) return lookAtLine(bytes, end, colon, found);
  let escapes = 0;
  while (bytes[end - 2 - escapes] === BACKSLASH) escapes++;
  const nameEnd = end - 1 - escapes;
  if (!mayBeSecretName(bytes, nameEnd)) return;
  let start = nameEnd;
  while (start > 0 && nameEnd - start < LONGEST_NAME && bytes[start - 1] !== QUOTE) start--;
  if (bytes[start - 1] !== QUOTE) return;
  let at = passSpace(bytes, colon + 1);
  const isList = bytes[at] === BRACKET;
  if (isList) at = passSpace(bytes, at + 1);
  const name = asciiBetween(bytes, start, nameEnd);
  for (;;) {
    const value = stringAt(bytes, at, escapes);
    if (value === undefined) {
      const to = isList ? at : passNumber(bytes, at);
      if (to > at) addNamed(bytes, name, { from: at, to }, { isQuery: false, bare: escapes }, found);
      return;
    }
    addNamed(bytes, name, value, { isQuery: false, bare: undefined }, found);
    if (!isList) return;
    at = passSpace(bytes, value.to + escapes + 1);
    if (bytes[at] !== COMMA) return;
    at = passSpace(bytes, at + 1);
  }
}

/** A header or a line of STOMP's, from the beginning of a line to its end. */
function lookAtLine(bytes: Uint8Array, nameEnd: number, colon: number, found: SecretFinding[]): void {
  if (!mayBeSecretName(bytes, nameEnd)) return;
  const start = nameStart(bytes, nameEnd);
  if (start > 0 && bytes[start - 1] !== LINE_FEED) return;
  let from = colon + 1;
  while (bytes[from] === SPACE) from++;
  let to = from;
  while (to < bytes.length && (bytes[to] as number) >= SPACE) to++;
  // Words behind a colon are a sentence.
  if (!/\S\s\S/.test(asciiBetween(bytes, from, to).replace(SCHEME, ""))) addNamed(bytes, asciiBetween(bytes, start, nameEnd), { from, to }, { isQuery: false, bare: undefined }, found);
}

/** `name=value` in a query, a form, or a text like one. */
function lookAtEquals(bytes: Uint8Array, at: number, found: SecretFinding[]): void {
  if (!mayBeSecretName(bytes, at)) return;
  const start = nameStart(bytes, at);
  const before = start === 0 ? SPACE : (bytes[start - 1] as number);
  const isQuery = before === QUESTION || before === AMPERSAND || before === HASH;
  if (!isQuery && !isBoundary(before)) return;
  const quote = bytes[at + 1];
  const isQuoted = quote === QUOTE || quote === APOSTROPHE;
  const from = isQuoted ? at + 2 : at + 1;
  let to = from;
  while (to < bytes.length && (isQuoted ? bytes[to] !== quote && (bytes[to] as number) >= SPACE : !isBoundary(bytes[to] as number) && bytes[to] !== AMPERSAND && bytes[to] !== HASH)) to++;
  addNamed(bytes, asciiBetween(bytes, start, at), { from, to }, { isQuery, bare: undefined }, found);
}

interface HowNamed {
  readonly isQuery: boolean;
  readonly bare: number | undefined;
}

function addNamed(bytes: Uint8Array, name: string, { from, to }: Found, { isQuery, bare }: HowNamed, found: SecretFinding[]): void {
  const named = kindOfName(name);
  if (named === undefined) return;
  const text = asciiBetween(bytes, from, Math.min(to, from + MOST_LOOKED_AT));
  const scheme = SCHEME.exec(text)?.[0].length ?? 0;
  if (suitsName(text.slice(scheme), named, isQuery)) found.push({ kind: named.kind, from: from + scheme, to, name, bare });
}

/** Before credentials in a header, or in a field that holds one's value. */
const SCHEME = /^(?:Basic|Bearer|Digest|Token|Negotiate|ApiKey|OAuth|JWT)(?:\s+|%20|\+)(?=\S)/i;
const MOST_LOOKED_AT = 4096;

function nameStart(bytes: Uint8Array, end: number): number {
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME && (isWordByte(bytes[start - 1] as number) || bytes[start - 1] === HYPHEN || bytes[start - 1] === POINT)) start--;
  return start;
}

/** The inside of the string that begins at `at`, in JSON that stands so deep in texts of JSON that its quotes have `escapes` backslashes. */
function stringAt(bytes: Uint8Array, at: number, escapes: number): Found | undefined {
  for (let i = 0; i < escapes; i++) if (bytes[at + i] !== BACKSLASH) return undefined;
  if (bytes[at + escapes] !== QUOTE) return undefined;
  const from = at + escapes + 1;
  for (let to = from; to < bytes.length; to++) {
    if (bytes[to] !== QUOTE) continue;
    let backslashes = 0;
    while (to - backslashes > from && bytes[to - 1 - backslashes] === BACKSLASH) backslashes++;
    if (endsString(backslashes, escapes)) return { from, to: to - Math.min(escapes, backslashes) };
  }
  // The message ends within it: what there is of a secret is one.
  return { from, to: bytes.length };
}

/** Whether a quote behind so many backslashes ends a string, or is a part of it. */
function endsString(backslashes: number, escapes: number): boolean {
  if (escapes === 0) return backslashes % 2 === 0;
  // A quote with fewer ends the text around it.
  if (backslashes < escapes) return true;
  return backslashes % 2 === 1 && endsString((backslashes - 1) / 2, (escapes - 1) / 2);
}

function passSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === LINE_FEED || bytes[at] === RETURN || bytes[at] === TAB) at++;
  return at;
}

function passNumber(bytes: Uint8Array, from: number): number {
  let at = bytes[from] === HYPHEN ? from + 1 : from;
  const digits = at;
  while (at < bytes.length && isDigit(bytes[at] as number)) at++;
  return at === digits ? from : at;
}

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
    if (to - from >= RUN) {
      for (const { id, inRun } of RUN_KINDS) {
        const place = inRun?.(bytes, from, to);
        if (place !== undefined) addFound(id, place, found);
      }
    }
    at = to + RUN;
  }
}

/** Runs of digits, spaces and hyphens, likewise. */
function lookAtDigits(bytes: Uint8Array, found: SecretFinding[]): void {
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
      for (const { id, inDigits } of DIGIT_KINDS) for (const place of inDigits?.(bytes, from, to) ?? []) addFound(id, place, found, isBareNumber(bytes, place) ? escapesBefore(bytes, place.from) : undefined);
    }
    at = to + DIGITS;
  }
}

const RUN = 16;
const DIGITS = 14;
/** Longer is a table of numbers. */
const MOST_DIGITS = 4096;

/** Whether digits are a number of JSON: behind `:`, `,` or `[`, and before `,`, `}` or `]`; or all there is. */
function isBareNumber(bytes: Uint8Array, { from, to }: Found): boolean {
  let before = from - 1;
  while (before >= 0 && bytes[before] === SPACE) before--;
  const after = bytes[passSpace(bytes, to)];
  if (before < 0 && after === undefined) return true;
  const opens = bytes[before] === COLON_SIGN || bytes[before] === COMMA || bytes[before] === BRACKET;
  return opens && (after === COMMA || after === CLOSE_BRACE || after === CLOSE_BRACKET);
}

/** Backslashes that a quote has there, as the one before has. */
function escapesBefore(bytes: Uint8Array, at: number): number {
  const quote = bytes.lastIndexOf(QUOTE, at - 1);
  if (quote < 0) return 0;
  let escapes = 0;
  while (bytes[quote - 1 - escapes] === BACKSLASH) escapes++;
  return escapes;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isOfNumber = (byte: number): boolean => isDigit(byte) || byte === SPACE || byte === HYPHEN;
const isBoundary = (byte: number): boolean => BOUNDARY[byte] === 1;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const HYPHEN = 0x2d;
const POINT = 0x2e;
const COLON_SIGN = 0x3a;
const QUESTION = 0x3f;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;

/** What names stand before, and e-mail addresses around. */
const COLON = 1;
const EQUALS = 2;
const AT_SIGN = 3;
const SIGNS = new Uint8Array(256);
SIGNS[COLON_SIGN] = COLON;
SIGNS[0x3d] = EQUALS;
SIGNS[0x40] = AT_SIGN;

const BOUNDARY = new Uint8Array(256).fill(1, 0, SPACE + 1);
for (const letter of "\"'`;,<>(){}[]|\\") BOUNDARY[letter.charCodeAt(0)] = 1;

const IN_RUN = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) if (isWordByte(byte) || byte === HYPHEN || byte === POINT) IN_RUN[byte] = 1;
