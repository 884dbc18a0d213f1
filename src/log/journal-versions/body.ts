import { isMessage } from "../../model/frame.ts";
import { isMoment } from "../../model/units.ts";
import type { BlockBody, BlockHead, PlacedEvent } from "./block.ts";
import { hasItsShape } from "./event-shape.ts";

/** What bodies of all versions are made of: the rows as columns, and events as JSON. */
export type RowColumns = Pick<BlockBody, "times" | "connections" | "lengths" | "bits">;

export const BYTES_PER_ROW = 18;

export function countFrames({ bits }: Pick<BlockBody, "bits">): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) if (isMessage(bits[i] as number)) count++;
  return count;
}

/** Puts the columns back to back into `into`, from `at` on. */
export function writeColumns({ times, connections, lengths, bits }: RowColumns, into: Uint8Array, at: number): void {
  for (const column of [times, connections, lengths, bits]) {
    into.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
}

/** The columns of `head.rows` rows; `bytes` begins with them. Undefined where their payloads are not those of the head, or a time can be none. */
export function readColumns({ rows, payloadFrom, payloadTo }: BlockHead, bytes: Uint8Array<ArrayBuffer>): RowColumns | undefined {
  let at = 0;
  const take = (length: number): ArrayBuffer => bytes.slice(at, (at += length)).buffer;
  const times = new Float64Array(take(rows * 8));
  const connections = new Uint32Array(take(rows * 4));
  const lengths = new Uint32Array(take(rows * 4));
  const bits = new Uint16Array(take(rows * 2));
  let payload = payloadFrom;
  let areMoments = true;
  for (let row = 0; row < rows; row++) {
    payload += lengths[row] as number;
    areMoments &&= isMoment(times[row] as number);
  }
  return payload === payloadTo && areMoments ? { times, connections, lengths, bits } : undefined;
}

/** A checksum is no proof: who writes a file by hand can make one that fits. `unknown`: how many have other fields than their type has. */
export function readEvents(bytes: Uint8Array): Pick<BlockBody, "events" | "unknown"> | undefined {
  try {
    const placed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(placed) || !placed.every(isPlacedEvent)) return undefined;
    const events = placed.filter(({ event }) => hasItsShape(event));
    return { events, unknown: placed.length - events.length };
  } catch {
    return undefined;
  }
}

/** What else an event says is read where it is applied. */
function isPlacedEvent(value: unknown): value is PlacedEvent {
  if (typeof value !== "object" || value === null || !("row" in value) || !("event" in value)) return false;
  const { row, event } = value;
  if (!Number.isSafeInteger(row) || typeof event !== "object" || event === null || !("type" in event)) return false;
  // JSON has null for a time that is not known.
  if (["time", "wallTime"].some((name) => name in event && !isTime(event[name as keyof typeof event]))) return false;
  return typeof event.type === "string" && (!("connection" in event) || Number.isSafeInteger(event.connection));
}

const isTime = (value: unknown): boolean => value === null || (typeof value === "number" && isMoment(value));

/** Bodies of versions 2 and 3: the columns, then events to the end. Events' rows are plain text there, never code and values. */
export function readPlainBody(head: BlockHead, body: Uint8Array<ArrayBuffer>): BlockBody | undefined {
  const columns = readColumns(head, body);
  const events = readEvents(body.subarray(head.rows * BYTES_PER_ROW));
  return columns === undefined || events === undefined ? undefined : { ...columns, ...events };
}
