import { say, type Said } from "../../model/said.ts";
import { MOST_PAYLOAD } from "../most-payload.ts";
import { GrowingBytes } from "../reading/growing-bytes.ts";
import type { HeldBytes } from "./held-bytes.ts";
import type { MessageInflater } from "./message-inflater.ts";

/** A message, put together of its frames and inflated, or a control frame. */
export interface WireMessage {
  readonly opcode: number;
  readonly isMasked: boolean;
  /** Good until the next. */
  readonly payload: Uint8Array;
  /** Why there is no payload; undefined where there is. */
  readonly problem: Said | undefined;
  /** When its last byte came. */
  readonly time: number;
}

const CONTINUATION = 0;
const FIRST_CONTROL = 8;
const LAST_CONTROL = 10;
const LONGEST_CONTROL = 125;
const LONGEST_HEAD = 14;
/** Memory that a reader has between two messages: there may be thousands of readers. */
const MOST_KEPT = 1 << 12;

/** The frames of RFC 6455 §5.2 in one direction, told as the messages that they make. */
export class FrameReader {
  readonly #told: (message: WireMessage) => void;
  readonly #inflater: MessageInflater | undefined;
  readonly #held: HeldBytes;
  readonly #head = new Uint8Array(LONGEST_HEAD);
  #headLength = 0;
  #headNeeds = 2;
  /** Of the frame that is read: bytes that are still to come, and how many came. */
  #left = 0;
  #came = 0;
  #isControl = false;
  readonly #message = new GrowingBytes(MOST_KEPT);
  readonly #control = new GrowingBytes(LONGEST_CONTROL);
  /** Of the message that is under way; undefined between two. */
  #opcode: number | undefined;
  #isCompressed = false;
  /** Why it cannot be told whole. */
  #problem: Said | undefined;
  #fault: Said | undefined;

  /** `inflater`: where messages may be compressed. */
  constructor(told: (message: WireMessage) => void, inflater: MessageInflater | undefined, held: HeldBytes) {
    this.#told = told;
    this.#inflater = inflater;
    this.#held = held;
  }

  /** Nothing more comes: the message under way stays without its end. */
  end(): void {
    this.#letGo();
  }

  /** Why nothing more can be read of this direction. */
  get fault(): Said | undefined {
    return this.#fault;
  }

  push(bytes: Uint8Array, time: number): void {
    for (let at = 0; at < bytes.length && this.#fault === undefined; ) {
      if (this.#headLength < this.#headNeeds) {
        this.#head[this.#headLength++] = bytes[at++] as number;
        if (this.#headLength === 2) this.#headNeeds = headLength(this.#head);
        if (this.#headLength === this.#headNeeds) this.#begin(time);
        continue;
      }
      const part = bytes.subarray(at, at + this.#left);
      this.#keep(part);
      at += part.length;
      this.#left -= part.length;
      if (this.#left === 0) this.#end(time);
    }
  }

  #begin(time: number): void {
    const [first = 0] = this.#head;
    const opcode = first & 0xf;
    const length = payloadLength(this.#head);
    const isFinal = (first & 0x80) !== 0;
    const isCompressed = (first & 0x40) !== 0;
    this.#isControl = opcode >= FIRST_CONTROL;
    const isUnknown = (opcode > 2 && opcode < FIRST_CONTROL) || opcode > LAST_CONTROL;
    const isOutOfPlace = opcode === CONTINUATION ? this.#opcode === undefined || isCompressed : !this.#isControl && this.#opcode !== undefined;
    const isBadControl = this.#isControl && (!isFinal || isCompressed || length > LONGEST_CONTROL);
    if (isUnknown || isOutOfPlace || isBadControl || (first & 0x30) !== 0 || (isCompressed && this.#inflater === undefined) || !Number.isSafeInteger(length)) {
      this.#fault = say("import.no-frame");
      return;
    }
    this.#left = length;
    this.#came = 0;
    if (this.#isControl) {
      this.#control.clear();
    } else if (opcode !== CONTINUATION) {
      this.#opcode = opcode;
      this.#isCompressed = isCompressed;
      this.#problem = undefined;
    }
    if (length === 0) this.#end(time);
  }

  #keep(part: Uint8Array): void {
    const into = this.#isControl ? this.#control : this.#message;
    if (this.#isControl || this.#hasRoom(part.length)) {
      const from = into.length;
      into.push(part);
      if (isMasked(this.#head)) unmask(into.bytes, from, part.length, this.#head.subarray(this.#headNeeds - 4, this.#headNeeds), this.#came);
    }
    this.#came += part.length;
  }

  #hasRoom(bytes: number): boolean {
    if (this.#problem !== undefined) return false;
    this.#held.add(bytes);
    if (this.#message.length + bytes > MOST_PAYLOAD) this.#problem = say("import.too-long", { most: MOST_PAYLOAD });
    else if (this.#held.isFull) this.#problem = say("import.most-held", { most: this.#held.most });
    else return true;
    this.#held.add(-bytes);
    this.#letGo();
    return false;
  }

  #letGo(): void {
    this.#held.add(-this.#message.length);
    this.#message.clear(MOST_KEPT);
  }

  #end(time: number): void {
    const [first = 0] = this.#head;
    const masked = isMasked(this.#head);
    this.#headLength = 0;
    this.#headNeeds = 2;
    if (this.#isControl) return this.#told({ opcode: first & 0xf, isMasked: masked, payload: this.#control.taken, problem: undefined, time });
    if ((first & 0x80) === 0) return;
    const opcode = this.#opcode as number;
    this.#opcode = undefined;
    this.#told({ opcode, isMasked: masked, ...this.#whole(), time });
    this.#letGo();
  }

  #whole(): Pick<WireMessage, "payload" | "problem"> {
    if (this.#problem !== undefined) return { payload: NOTHING, problem: this.#problem };
    if (!this.#isCompressed || this.#inflater === undefined) return { payload: this.#message.taken, problem: undefined };
    INFLATED.clear();
    return this.#inflater.inflate(this.#message.taken, INFLATED) ? { payload: INFLATED.taken, problem: undefined } : { payload: NOTHING, problem: say("import.no-deflate") };
  }
}

const NOTHING = new Uint8Array(0);
/** Nobody's between two messages. */
const INFLATED = new GrowingBytes(1 << 12);

const isMasked = (head: Uint8Array): boolean => ((head[1] as number) & 0x80) !== 0;

/** Of the whole head, by its first two bytes. */
function headLength(head: Uint8Array): number {
  const length = (head[1] as number) & 0x7f;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + (isMasked(head) ? 4 : 0);
}

function payloadLength(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const length = (head[1] as number) & 0x7f;
  return length === 126 ? view.getUint16(2) : length === 127 ? Number(view.getBigUint64(2)) : length;
}

function unmask(bytes: Uint8Array, from: number, count: number, key: Uint8Array, came: number): void {
  for (let i = 0; i < count; i++) bytes[from + i] = (bytes[from + i] as number) ^ (key[(came + i) & 3] as number);
}
