import { NO_CONTAINER, ValueColumns } from "../../model/value-columns.ts";
import { ARRAY, BOOLEAN, CELLS, CHILDREN, END, FROM, KEY, NO_KEY, NULL, NUMBER, OBJECT, STRING, TO, type ValueDocument } from "../../model/value-document.ts";
import { say, type Said } from "../../model/said.ts";
import type { DecodeProblem } from "../decoder.ts";
import { BACKSLASH, BRACE, BRACKET, CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, MINUS, QUOTE, SMALL_F, SMALL_T, SMALL_U, SPACE } from "./json-bytes.ts";
import { JsonSource } from "./json-source.ts";
import { FALSE, forgetEscapes, hasEscapes, hexDigits, isDigit, isSimpleEscape, NULL_WORD, passNumber, passString, sameBytes, skipSpace, TRUE } from "./pass-json.ts";

/**
 * What keeps bytes from being one JSON text:
 * `mark` a byte order mark before it; `tail` control characters behind it, as protocols end their records with;
 * `several` further whole objects or arrays behind it; `rest` something else behind it;
 * `cut` it ends too early, and may go on in another message; `broken` it is none from there on.
 */
export type JsonReason = "mark" | "tail" | "several" | "rest" | "cut" | "broken";

/** Why bytes are not one JSON text. */
export interface JsonProblem extends DecodeProblem {
  readonly reason: JsonReason;
}

export interface JsonRead {
  /** What could be read, up to the problem: its open containers end there. `undefined`: nothing. */
  readonly document: ValueDocument | undefined;
  /** `undefined`: the text is one that `JSON.parse` takes. */
  readonly problem: JsonProblem | undefined;
}

const columns = new ValueColumns();
/** Bytes of a node with its key, as a power of two: room for a long text is made by it, and more as it is needed. */
const USUAL_BYTES = 4;

/**
 * Reads JSON (RFC 8259) from UTF-8 bytes, or from those between two places, as columns; whether they are UTF-8 is not
 * asked. Depth is bounded by memory only. Never throws. Cost: one pass over the bytes; `bytes` is shared, not copied.
 */
export function readJson(bytes: Uint8Array, from = 0, to = bytes.length): JsonRead {
  const problem = fill(bytes, from, to, (to - from) >> USUAL_BYTES);
  return { document: columns.count === 0 ? undefined : columns.finish(new JsonSource(bytes, hasEscapes)), problem };
}

/** The same with a document that is only lent: good until JSON is read again, here or anywhere. Saves a copy. */
export function lendJson(bytes: Uint8Array, from = 0, to = bytes.length): JsonRead {
  const problem = fill(bytes, from, to);
  return { document: columns.count === 0 ? undefined : columns.lend(new JsonSource(bytes, hasEscapes)), problem };
}

/** Behind the value at `from`, which is passed and not kept; -1 where it is none. What was lent before is good no more. */
export function passValue(bytes: Uint8Array, from: number, to: number): number {
  columns.begin();
  const end = readValue(bytes, from, to);
  return typeof end === "number" ? end : -1;
}

function fill(bytes: Uint8Array, from: number, to: number, nodes?: number): JsonProblem | undefined {
  columns.begin(nodes);
  forgetEscapes();
  const hasMark = to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;
  let problem: JsonProblem | undefined = hasMark ? { reason: "mark", said: say("decode.json-mark"), offset: from } : undefined;
  const end = readValue(bytes, hasMark ? from + 3 : from, to);
  if (typeof end !== "number") problem = end;
  else {
    const rest = skipSpace(bytes, end, to);
    if (rest < to) problem = readMore(bytes, rest, to);
  }
  return problem;
}

/** Reads what stands behind the first value, as far as it is objects and arrays. */
function readMore(bytes: Uint8Array, from: number, to: number): JsonProblem {
  const second = skipSeparators(bytes, from, to);
  if (second === to) return { reason: "tail", said: say("decode.json-tail"), offset: from };
  for (let next = second; next < to; ) {
    if (bytes[next] !== BRACE && bytes[next] !== BRACKET) return { reason: "rest", said: say("decode.json-rest"), offset: next };
    const end = readValue(bytes, next, to);
    if (typeof end !== "number") return end;
    next = skipSeparators(bytes, end, to);
  }
  return { reason: "several", said: say("decode.several"), offset: second };
}

/**
 * Reads one value into the columns; answers where it ends, or why it does not. What it writes most is held in local
 * variables: this is the loop that every byte of a capture goes through.
 */
function readValue(bytes: Uint8Array, from: number, to: number): number | JsonProblem {
  let { cells, count } = columns;
  let container = NO_CONTAINER;
  let isObject = false;
  let at = from;
  let key = NO_KEY;
  for (;;) {
    // A value; its key, where it has one, is read.
    at = skipSpace(bytes, at, to);
    if (at >= to) {
      columns.leave(count, container);
      return fail(say("decode.json-value"), at, to, true);
    }
    const start = at;
    const byte = bytes[at] as number;
    const cell = count * CELLS;
    if (cell === cells.length) cells = columns.grow();
    cells[cell + FROM] = start;
    cells[cell + KEY] = key;
    cells[cell + CHILDREN] = 0;
    if (byte === BRACE || byte === BRACKET) {
      isObject = byte === BRACE;
      if (container !== NO_CONTAINER) addChild(cells, container);
      cells[cell] = isObject ? OBJECT : ARRAY;
      cells[cell + TO] = start;
      cells[cell + END] = container;
      container = count;
      count++;
      at = skipSpace(bytes, at + 1, to);
      if (at < to && bytes[at] === byte + 2) {
        at++;
        container = close(cells, container, count, at);
        isObject = isObjectAt(cells, container);
      } else if (isObject) {
        const colon = passKey(bytes, at, to);
        if (colon < 0) {
          columns.leave(count, container);
          return failKey(bytes, at, to);
        }
        key = at;
        at = colon;
        continue;
      } else {
        key = NO_KEY;
        continue;
      }
    } else {
      if (byte === QUOTE) {
        at = passString(bytes, at, to);
        if (at < 0) {
          columns.leave(count, container);
          return failString(bytes, start, to);
        }
        cells[cell] = STRING;
      } else if (byte === MINUS || isDigit(byte)) {
        at = passNumber(bytes, at, to);
        if (at < 0) {
          columns.leave(count, container);
          return fail(say("decode.json-value"), start, to, ~at >= to);
        }
        cells[cell] = NUMBER;
      } else {
        const word = byte === SMALL_T ? TRUE : byte === SMALL_F ? FALSE : NULL_WORD;
        const same = sameBytes(bytes, start, to, word);
        if (same < word.length) {
          columns.leave(count, container);
          return fail(say("decode.json-value"), start, to, same > 0 && start + same === to);
        }
        at = start + word.length;
        cells[cell] = word === NULL_WORD ? NULL : BOOLEAN;
      }
      if (container !== NO_CONTAINER) addChild(cells, container);
      count++;
      cells[cell + TO] = at;
      cells[cell + END] = count;
    }

    // What follows it: a comma, or the ends of the containers that it is the last of.
    for (;;) {
      if (container === NO_CONTAINER) {
        columns.leave(count, container);
        return at;
      }
      at = skipSpace(bytes, at, to);
      const next = at < to ? (bytes[at] as number) : -1;
      if (next === COMMA) {
        key = NO_KEY;
        at++;
        if (isObject) {
          at = skipSpace(bytes, at, to);
          const colon = passKey(bytes, at, to);
          if (colon < 0) {
            columns.leave(count, container);
            return failKey(bytes, at, to);
          }
          key = at;
          at = colon;
        }
        break;
      }
      if (next !== (isObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
        columns.leave(count, container);
        return fail(say(at >= to ? "decode.json-ends" : "decode.json-comma", { close: isObject ? "}" : "]" }), at, to, at >= to);
      }
      at++;
      container = close(cells, container, count, at);
      isObject = isObjectAt(cells, container);
    }
  }
}

/** Ends a container; the one around it. */
function close(cells: Uint32Array, container: number, count: number, to: number): number {
  const cell = container * CELLS;
  const around = cells[cell + END] as number;
  cells[cell + TO] = to;
  cells[cell + END] = count;
  return around;
}

function addChild(cells: Uint32Array, container: number): void {
  const cell = container * CELLS + CHILDREN;
  cells[cell] = (cells[cell] as number) + 1;
}

const isObjectAt = (cells: Uint32Array, container: number): boolean => container !== NO_CONTAINER && cells[container * CELLS] === OBJECT;

/** Passes `"key":`; the place behind the colon; negative: `failKey` says why not. */
function passKey(bytes: Uint8Array, from: number, to: number): number {
  if (from >= to || bytes[from] !== QUOTE) return -1;
  const end = passString(bytes, from, to);
  if (end < 0) return -1;
  const at = skipSpace(bytes, end, to);
  return at >= to || bytes[at] !== COLON ? -1 : at + 1;
}

function failKey(bytes: Uint8Array, from: number, to: number): JsonProblem {
  if (from >= to || bytes[from] !== QUOTE) return fail(say("decode.json-key"), from, to, from >= to);
  const end = passString(bytes, from, to);
  if (end < 0) return failString(bytes, from, to);
  const at = skipSpace(bytes, end, to);
  return fail(say("decode.json-colon"), at, to, at >= to);
}

function failString(bytes: Uint8Array, from: number, to: number): JsonProblem {
  for (let at = from + 1; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte < SPACE) return fail(say("decode.json-control"), at, to, false);
    if (byte !== BACKSLASH) continue;
    if (at + 1 >= to) break;
    if (bytes[at + 1] === SMALL_U) {
      const end = Math.min(at + 6, to);
      const digits = hexDigits(bytes, at + 2, end);
      if (digits < 4) return fail(say("decode.json-escape"), at, to, at + 2 + digits >= to);
      at += 5;
    } else {
      if (!isSimpleEscape(bytes[at + 1] as number)) return fail(say("decode.json-escape"), at, to, false);
      at++;
    }
  }
  return fail(say("decode.json-endless-string"), from, to, true);
}

/** White space, and the control characters that protocols put between records: NUL, RS, EOT. */
function skipSeparators(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] as number) <= SPACE) at++;
  return at;
}

/** Ends the document where the text broke. `isCut`: it broke only because it ends. */
function fail(said: Said, offset: number, to: number, isCut: boolean): JsonProblem {
  if (isCut) columns.dropCutNumber(to);
  columns.closeAll(Math.min(offset, to));
  return { reason: isCut ? "cut" : "broken", said, offset: Math.min(offset, to) };
}
