import type { Direction } from "../../model/frame.ts";
import { joined } from "../carried/unpack-stream.ts";
import { FOLLOWS, type RSocketFrame, type RSocketType } from "./read-frame.ts";

/** Bytes of all messages that are not whole yet, past which the one that waits longest is given up; how many of these there are; frames of one. */
const MOST_KEPT = 8 << 20;
const MOST_BEGUN = 4096;
const MOST_FRAMES = 10_000;
/** Bytes that a frame takes beside its own, about: one may have none. */
const FRAME_COST = 256;

/** A request or a payload that was sent in several frames; what it has beside these is the last one's. */
interface Joined extends RSocketFrame {
  readonly frames: number;
  /** The rows that it takes. */
  readonly rows: readonly number[];
}

interface Begun {
  readonly first: Pick<RSocketFrame, "type" | "flags">;
  readonly metadata: Uint8Array[];
  readonly data: Uint8Array[];
  readonly rows: number[];
  frames: number;
  bytes: number;
  isTooLong: boolean;
}

const REQUESTS: ReadonlySet<RSocketType> = new Set(["REQUEST_RESPONSE", "REQUEST_FNF", "REQUEST_STREAM", "REQUEST_CHANNEL"]);

/**
 * Puts requests and payloads together that are sent in several frames (rsocket.io, "Protocol", "Fragmentation and Reassembly"):
 * the first says what it is, and payloads of its stream and direction bring the rest; frames of other streams may lie between.
 */
export class Fragments {
  readonly #begun = new Map<string, Begun>();
  /** Those that keep bytes, the one whose last frame came first before all others. */
  readonly #keeping = new Set<Begun>();
  #kept = 0;

  /** A frame by itself; the message that it ends; or a part of one, or the end of one that is too long or was given up for others. */
  take(direction: Direction, frame: RSocketFrame, row: number | undefined): RSocketFrame | Joined | "part" | "too long" {
    const { type, flags } = frame;
    const isRequest = REQUESTS.has(type);
    // What takes the stream back, most often from the other side, and a new request end what has begun.
    if (isRequest || type === "CANCEL" || type === "ERROR") for (const side of ["sent", "received"] as const) this.#end(keyOf(side, frame));
    if (!isRequest && type !== "PAYLOAD") return frame;
    const key = keyOf(direction, frame);
    const follows = (flags & FOLLOWS) !== 0;
    const begun = this.#begun.get(key) ?? (follows ? this.#begin(key, frame) : undefined);
    if (begun === undefined) return frame;
    this.#add(begun, frame, row);
    if (follows) return "part";
    this.#end(key);
    const { first, metadata, data, rows, frames } = begun;
    return begun.isTooLong ? "too long" : { ...frame, type: first.type, flags: first.flags | flags, metadata: whole(metadata), data: whole(data), frames, rows: rows.length > 1 ? rows : [] };
  }

  #begin(key: string, { type, flags }: RSocketFrame): Begun {
    if (this.#begun.size === MOST_BEGUN) this.#end(this.#begun.keys().next().value as string);
    const begun: Begun = { first: { type, flags }, metadata: [], data: [], rows: [], frames: 0, bytes: 0, isTooLong: false };
    this.#begun.set(key, begun);
    return begun;
  }

  #add(begun: Begun, { metadata, data }: RSocketFrame, row: number | undefined): void {
    const length = FRAME_COST + (metadata?.length ?? 0) + (data?.length ?? 0);
    begun.frames++;
    if (begun.isTooLong || begun.frames > MOST_FRAMES || begun.bytes + length > MOST_KEPT) {
      this.#giveUp(begun);
      return;
    }
    this.#keeping.delete(begun);
    for (const longest of this.#keeping) {
      if (this.#kept + length <= MOST_KEPT) break;
      this.#giveUp(longest);
    }
    this.#keeping.add(begun);
    // The frame's bytes are the log's.
    if (metadata !== undefined) begun.metadata.push(metadata.slice());
    if (data !== undefined) begun.data.push(data.slice());
    if (row !== undefined) begun.rows.push(row);
    begun.bytes += length;
    this.#kept += length;
  }

  /** It stays begun, so that what follows of it is not taken for a message of its own. */
  #giveUp(begun: Begun): void {
    begun.isTooLong = true;
    for (const parts of [begun.metadata, begun.data, begun.rows]) parts.length = 0;
    this.#release(begun);
  }

  #release(begun: Begun): void {
    this.#kept -= begun.bytes;
    begun.bytes = 0;
    this.#keeping.delete(begun);
  }

  #end(key: string): void {
    const begun = this.#begun.get(key);
    if (begun !== undefined) this.#release(begun);
    this.#begun.delete(key);
  }
}

const keyOf = (direction: Direction, { stream }: RSocketFrame): string => `${direction} ${stream}`;

const whole = (parts: readonly Uint8Array[]): Uint8Array | undefined => (parts.length === 0 ? undefined : joined(parts, parts.reduce((length, part) => length + part.length, 0)));
