import { NO_CONTAINER, ValueColumns } from "../../model/value-columns.ts";
import { ARRAY, BOOLEAN, BYTES, FIRST_NAME, NO_KEY, NULL, NUMBER, OBJECT, STRING, TIME, type ValueDocument } from "../../model/value-document.ts";
import { say, type Said } from "../../model/said.ts";
import type { DecodeProblem } from "../decoder.ts";
import { areSureValues, isSureValue, MOST_ENTRIES } from "../fields/sure-values.ts";
import { isUtf8 } from "../utf8-text.ts";
import { bodyFrom, FIXED_BYTES, isArrayHead, isBytesHead, isExtensionHead, isMapHead, isStringHead, NEVER_USED, readSize, SIZE_BYTES } from "./format.ts";
import { toJson } from "../value-json.ts";
import { DATA_NAME, EXTENSION_NAME, MessagePackSource, RAW, type KeyJson } from "./message-pack-source.ts";
import { EXT_TIMESTAMP, timestampText } from "./timestamp.ts";

/**
 * What keeps bytes from being one MessagePack value:
 * `several` further whole maps or arrays follow it; `rest` something else does; `cut` it ends too early, and may go on in
 * another message; `broken` it is none from there on; `text` all of it was read, but a text in it is no UTF-8.
 */
export type MessagePackReason = "several" | "rest" | "cut" | "broken" | "text";

export interface MessagePackProblem extends DecodeProblem {
  readonly reason: MessagePackReason;
}

export interface MessagePackRead {
  /** What could be read, up to the problem: its open containers end there. `undefined`: nothing. */
  readonly document: ValueDocument | undefined;
  /** The byte after the value, or where it broke. */
  readonly end: number;
  readonly problem: MessagePackProblem | undefined;
  /** Every text has its length in as few bytes as it can, as encoders write it. */
  readonly isTight: boolean;
}

const shared = new ValueColumns();

/**
 * Reads MessagePack (github.com/msgpack/msgpack/blob/master/spec.md) as columns. Never throws; depth is bounded by memory
 * only, and lengths by the bytes that are there. Cost: one look at each value and one at each byte of a text; `bytes`
 * is shared, not copied.
 *
 * A text that is no UTF-8 is read as bytes, which is what older versions of the specification used texts for. An
 * extension is an object of its type and data, a timestamp a time.
 */
export function readMessagePack(bytes: Uint8Array): MessagePackRead {
  const read = fill(bytes);
  return { ...read, document: shared.count === 0 ? undefined : shared.finish(new MessagePackSource(bytes, keyJson)) };
}

/** The same with a document that is only lent: good until MessagePack is read again, here or anywhere. Saves a copy. */
export function lendMessagePack(bytes: Uint8Array): MessagePackRead {
  const read = fill(bytes);
  return { ...read, document: shared.count === 0 ? undefined : shared.lend(new MessagePackSource(bytes, keyJson)) };
}

/** The same of a message that is surely MessagePack, whole and without a problem; undefined for any other, most of which are left soon. */
export function lendSureMessagePack(bytes: Uint8Array): MessagePackRead | undefined {
  const source = new MessagePackSource(bytes, keyJson);
  const read = fill(bytes, (columns) => isSureValue(columns.lend(source), 0));
  const document = shared.lend(source);
  return (read.problem === undefined || read.problem.reason === "several") && read.isTight && areSureValues(document) ? { ...read, document } : undefined;
}

function fill(bytes: Uint8Array, isWanted?: (columns: ValueColumns) => boolean): Omit<MessagePackRead, "document"> {
  shared.begin();
  const walk = new Walk(bytes, shared, isWanted);
  const end = walk.readValue(0);
  if (isWanted?.(shared) === false) return { end, problem: { reason: "rest", said: say("decode.msgpack-rest", { n: bytes.length - end }), offset: end }, isTight: walk.isTight };
  const problem = walk.problem ?? (end < bytes.length ? readMore(walk, bytes, end) : walk.textProblem);
  return { end, problem, isTight: walk.isTight };
}

/** Reads what stands behind the first value, where all of it is maps and arrays. */
function readMore(walk: Walk, bytes: Uint8Array, end: number): MessagePackProblem {
  const first = shared.count;
  let next = end;
  while (next < bytes.length && walk.problem === undefined && isContainerHead(bytes[next] as number)) next = walk.readValue(next);
  if (walk.problem === undefined && next === bytes.length) return { reason: "several", said: say("decode.several"), offset: end };
  shared.cutBack(first);
  const after = bytes.length - end;
  return { reason: "rest", said: say("decode.msgpack-rest", { n: after }), offset: end };
}

/** Keys within keys that are told: each costs a reading of its own. */
const MOST_KEYS_WITHIN_KEYS = 4;

const keyJson = keyJsonWithin(MOST_KEYS_WITHIN_KEYS);

function keyJsonWithin(depth: number): KeyJson {
  const within = depth === 0 ? () => "…" : undefined;
  return (bytes, place) => {
    // A lent document may stand in the others.
    const own = new ValueColumns();
    new Walk(bytes, own).readValue(place);
    return toJson(own.finish(new MessagePackSource(bytes, within ?? keyJsonWithin(depth - 1))));
  };
}

/** By the bytes of a text's head: the longest text that a shorter one has room for. */
const LONGEST_BEFORE = [0, 0, 31, 0xff, 0, 0xffff];

const isContainerHead = (head: number): boolean => isMapHead(head) || isArrayHead(head);

/** One passage over the bytes, which fills columns. */
class Walk {
  /** What ended it. */
  problem: MessagePackProblem | undefined;
  /** The first text that is no UTF-8. */
  textProblem: MessagePackProblem | undefined;
  isTight = true;
  readonly #bytes: Uint8Array;
  readonly #columns: ValueColumns;
  /** Entries that are left of each open container. */
  readonly #left: number[] = [];

  /** Whether to read on, asked once the root has as many entries as tell. */
  readonly #isWanted: ((columns: ValueColumns) => boolean) | undefined;

  constructor(bytes: Uint8Array, columns: ValueColumns, isWanted?: (columns: ValueColumns) => boolean) {
    this.#bytes = bytes;
    this.#columns = columns;
    this.#isWanted = isWanted;
  }

  /** Reads the value at `from`; answers the byte behind it, or where it broke. */
  readValue(from: number): number {
    const bytes = this.#bytes;
    const columns = this.#columns;
    const left = this.#left;
    let at = from;
    for (;;) {
      let key = NO_KEY;
      if (columns.container !== NO_CONTAINER && columns.kindOf(columns.container) === OBJECT) {
        key = at;
        at = this.#passKey(at);
        if (at < 0) return this.#end(~at);
      }
      const start = at;
      at = this.#passHead(at);
      if (at < 0) return this.#end(~at);
      const head = bytes[start] as number;
      if (isContainerHead(head)) {
        const entries = head < 0xa0 ? head & 0x0f : readSize(bytes, start + 1, SIZE_BYTES[head - 0xc0] as number);
        columns.open(isMapHead(head) ? OBJECT : ARRAY, start, key);
        if (entries > 0) {
          left.push(entries);
          continue;
        }
        columns.close(at);
      } else this.#add(head, start, at, key);
      // It was one value of the innermost container, which may have been the last, and so on.
      for (;;) {
        if (left.length === 0) return at;
        const remaining = (left.at(-1) as number) - 1;
        left[left.length - 1] = remaining;
        if (remaining > 0) {
          if (left.length === 1 && columns.childrenOf(0) === MOST_ENTRIES && this.#isWanted?.(columns) === false) return this.#end(~this.#fail("broken", say("decode.msgpack-no-value"), at));
          break;
        }
        left.pop();
        columns.close(at);
      }
    }
  }

  #add(head: number, start: number, end: number, key: number): void {
    const bytes = this.#bytes;
    if (isStringHead(head)) {
      this.#columns.add(this.#checkText(start, end) ? STRING : BYTES, start, end, key);
    } else if (isBytesHead(head)) this.#columns.add(BYTES, start, end, key);
    else if (isExtensionHead(head)) {
      const body = bodyFrom(bytes, start);
      if (bytes[body - 1] === EXT_TIMESTAMP && timestampText(bytes, body, end) !== undefined) this.#columns.add(TIME, start, end, key);
      else {
        this.#columns.open(OBJECT, start, key);
        this.#columns.add(NUMBER, body - 1, body, FIRST_NAME + EXTENSION_NAME);
        this.#columns.add(BYTES, body, end, FIRST_NAME + DATA_NAME, RAW);
        this.#columns.close(end);
      }
    } else this.#columns.add(head === 0xc0 ? NULL : head === 0xc2 || head === 0xc3 ? BOOLEAN : NUMBER, start, end, key);
  }

  /** Whether a string is UTF-8; the first that is not is told. */
  #checkText(start: number, end: number): boolean {
    const body = bodyFrom(this.#bytes, start);
    const isText = isUtf8(this.#bytes, body, end);
    if (body - start > 1 && end - body <= (LONGEST_BEFORE[body - start] as number)) this.isTight = false;
    if (!isText) this.textProblem ??= { reason: "text", said: say("decode.msgpack-not-utf8"), offset: start };
    return isText;
  }

  /** Passes a whole value that is a map's key; negative: the complement of where it broke. */
  #passKey(from: number): number {
    let at = from;
    for (let due = 1; due > 0; due--) {
      const start = at;
      at = this.#passHead(at);
      if (at < 0) return at;
      const head = this.#bytes[start] as number;
      if (isStringHead(head)) this.#checkText(start, at);
      else if (isContainerHead(head)) {
        const entries = head < 0xa0 ? head & 0x0f : readSize(this.#bytes, start + 1, SIZE_BYTES[head - 0xc0] as number);
        due += isMapHead(head) ? entries * 2 : entries;
      }
    }
    return at;
  }

  /** Behind a scalar, or behind the head of a container; negative: the complement of where it broke. */
  #passHead(start: number): number {
    const bytes = this.#bytes;
    const { length } = bytes;
    if (start >= length) return this.#fail("cut", say("decode.msgpack-ends"), length);
    const head = bytes[start] as number;
    let at = start + 1;
    if (head < 0xa0 || head >= 0xe0) return at;
    let body = head & 0x1f;
    if (head >= 0xc0) {
      if (head === NEVER_USED) return this.#fail("broken", say("decode.msgpack-no-value"), start);
      const sizeBytes = SIZE_BYTES[head - 0xc0] as number;
      if (at + sizeBytes > length) return this.#fail("cut", say("decode.msgpack-ends-in-length"), start);
      const size = head >= 0xdc ? 0 : readSize(bytes, at, sizeBytes);
      at += sizeBytes;
      body = size + (FIXED_BYTES[head - 0xc0] as number);
    }
    if (at + body > length) return this.#fail("cut", say("decode.msgpack-short", { size: body, left: length - at }), start);
    return at + body;
  }

  #fail(reason: MessagePackReason, said: Said, offset: number): number {
    this.problem ??= { reason, said, offset };
    return ~offset;
  }

  #end(at: number): number {
    this.#left.length = 0;
    this.#columns.closeAll(at);
    return at;
  }
}
