import type { RecordRange } from "../records/record-range.ts";
import { beginsWith } from "../utf8-text.ts";

/** Its channel, header, parent's header, metadata and content. */
const LEAST_PARTS = 5;
/** Buffers and all. */
const MOST_PARTS = 1000;
const OFFSET_BYTES = 8;
const CHANNELS = ["shell", "iopub", "stdin", "control"] as const;

/**
 * Where the parts of a message stand (jupyter-server.readthedocs.io, "WebSocket protocols"): a number of offsets, these, and the
 * parts that they divide, little-endian numbers of 64 bits; undefined where the bytes are none. Cost: a look at the offsets.
 */
export function jupyterParts(bytes: Uint8Array): readonly RecordRange[] | undefined {
  if (bytes.length < (LEAST_PARTS + 2) * OFFSET_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numberAt = (place: number): number => view.getUint32(place * OFFSET_BYTES, true) + view.getUint32(place * OFFSET_BYTES + 4, true) * 2 ** 32;
  const count = numberAt(0);
  if (count <= LEAST_PARTS || count > MOST_PARTS || numberAt(1) !== (count + 1) * OFFSET_BYTES || numberAt(1) > bytes.length) return undefined;
  const parts: RecordRange[] = [];
  for (let place = 1; place < count; place++) {
    const [from, to] = [numberAt(place), numberAt(place + 1)];
    if (to < from || to > bytes.length) return undefined;
    parts.push({ from, to });
  }
  const [channel] = parts;
  const name = channel && bytes.subarray(channel.from, channel.to);
  return parts.at(-1)?.to === bytes.length && CHANNELS.some((one) => name?.length === one.length && beginsWith(name, one)) ? parts : undefined;
}
