import type { RecordRange } from "../records/record-range.ts";
import type { Found, Search } from "../stream/stream-session.ts";
import { readTransfer, type Transfer } from "./frame-value.ts";
import { isHeader } from "./protocol-header.ts";

export interface AmqpPlace extends RecordRange {
  readonly type: "header" | "empty" | "frame";
  readonly channel: number;
  /** Where its body begins, which goes up to `bodyEnd`. */
  readonly body: number;
  readonly bodyEnd: number;
  /** Of a message that takes several transfers, what the others bring of it. */
  readonly rest: readonly RecordRange[];
  /** The last of several transfers is among them. */
  readonly isWhole: boolean;
}

const HEADER_BYTES = 8;
const LEAST_FRAME = 8;
const MOST_FRAME = 8 << 20;
/** Transfers of one message, and bytes of all of them, that are put together. */
const MOST_TRANSFERS = 1000;
const MOST_JOINED = 4 << 20;
/** A described value whose descriptor is a ulong or a symbol. */
const DESCRIPTORS: ReadonlySet<number> = new Set([0x44, 0x53, 0x80, 0xa3, 0xb3]);
const NOTHING: readonly RecordRange[] = [];

/**
 * The frame at a place, or the transfers behind one another that bring one message (AMQP 1.0, 2.6.14): all of them, or those up to
 * another frame of their direction, one that takes the message back, or a bound. Cost: a look at each transfer.
 */
export function findAmqp(bytes: Uint8Array, from: number): Search<AmqpPlace> {
  const first = frameAt(bytes, from);
  const begun = typeof first === "string" ? undefined : readTransfer(bytes, first);
  return typeof first === "string" || begun === undefined || !begun.goesOn ? first : joinOn(bytes, from, { first, begun, rest: [], joined: first.to - from });
}

/** The transfers of a message as far as they are there. */
interface Joined {
  /** Its place, and those of the rest, as they were where it was found. */
  readonly first: AmqpPlace;
  readonly begun: Transfer;
  readonly rest: RecordRange[];
  /** Bytes of all of them. */
  readonly joined: number;
}

function joinOn(bytes: Uint8Array, from: number, { first, begun, rest, joined: before }: Joined): Search<AmqpPlace> {
  const moved = from - first.from;
  let at = from + before;
  let isWhole = false;
  while (!isWhole && rest.length < MOST_TRANSFERS && at + sizeAt(bytes, at) - from <= MOST_JOINED) {
    const next = frameAt(bytes, at);
    if (next === "cut") {
      const joined = at - from;
      return (longer, start) => joinOn(longer, start, { first, begun, rest, joined });
    }
    const more = next === "broken" || next.channel !== first.channel ? undefined : readTransfer(bytes, next);
    if (next === "broken" || more === undefined || more.isAborted || more.handle !== begun.handle || (more.delivery ?? begun.delivery) !== begun.delivery) break;
    rest.push({ from: more.payload - moved, to: next.to - moved });
    at = next.to;
    isWhole = !more.goesOn;
  }
  return { ...first, from, to: at, body: first.body + moved, bodyEnd: first.bodyEnd + moved, rest: rest.map((part) => ({ from: part.from + moved, to: part.to + moved })), isWhole };
}

/** How long the frame at a place says to be, of which not all may be there yet. */
const sizeAt = (bytes: Uint8Array, at: number): number => (bytes.length - at < 4 ? LEAST_FRAME : new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0));

function frameAt(bytes: Uint8Array, from: number): Found<AmqpPlace> {
  if (bytes.length - from < LEAST_FRAME) return "cut";
  if (isHeader(bytes, from)) return { from, to: from + HEADER_BYTES, type: "header", channel: 0, body: from + HEADER_BYTES, bodyEnd: from + HEADER_BYTES, rest: NOTHING, isWhole: false };
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, LEAST_FRAME);
  const size = view.getUint32(0);
  const body = from + view.getUint8(4) * 4;
  if (size < LEAST_FRAME || size > MOST_FRAME || body < from + LEAST_FRAME || body > from + size || view.getUint8(5) > 1) return "broken";
  if (from + size > bytes.length) return "cut";
  const to = from + size;
  const place = { from, to, channel: view.getUint16(6), body, bodyEnd: to, rest: NOTHING, isWhole: false };
  if (body === to) return { ...place, type: "empty" };
  return bytes[body] === 0 && DESCRIPTORS.has(bytes[body + 1] ?? 0) ? { ...place, type: "frame" } : "broken";
}
