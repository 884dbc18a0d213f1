import { say } from "../../model/said.ts";
import { FileFault, type ByteCursor } from "./byte-cursor.ts";
import { MOST_PACKET, type Packet } from "./packet.ts";

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const PACKET = 6;
const BYTE_ORDER = 0x1a2b3c4d;
const OPTION_RESOLUTION = 9;
const OPTION_OFFSET = 14;

interface Interface {
  readonly linkType: number;
  /** Of a second. */
  readonly unit: number;
  /** Seconds that are to be added. */
  readonly offset: number;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const isPcapng = (head: Uint8Array): boolean => head.length >= 12 && viewOf(head).getUint32(0, true) === SECTION && [true, false].some((isLittle) => viewOf(head).getUint32(8, isLittle) === BYTE_ORDER);

/** The packets of a file of pcapng (draft-ietf-opsawg-pcapng). Throws a `FileFault` where a block cannot be one. */
export function* pcapngPackets(cursor: ByteCursor): Generator<Packet, void, void> {
  let isLittle = true;
  let interfaces: Interface[] = [];
  let number = 0;
  while (!cursor.isDone) {
    const { offset } = cursor;
    const start = cursor.take(8).slice();
    const isSection = viewOf(start).getUint32(0, true) === SECTION;
    // A section says in which order its own numbers are.
    const order = isSection ? cursor.take(4).slice() : undefined;
    if (order !== undefined) {
      isLittle = viewOf(order).getUint32(0, true) === BYTE_ORDER;
      if (!isLittle && viewOf(order).getUint32(0, false) !== BYTE_ORDER) throw new FileFault(say("import.no-packets", { offset }));
      interfaces = [];
    }
    const type = viewOf(start).getUint32(0, isLittle);
    const length = viewOf(start).getUint32(4, isLittle);
    const taken = order === undefined ? 8 : 12;
    if (length < taken + 4 || length % 4 !== 0 || length > MOST_PACKET) throw new FileFault(say("import.no-packets", { offset }));
    const body = cursor.take(length - taken);
    const block = viewOf(body.subarray(0, body.length - 4));
    if (type === INTERFACE && block.byteLength >= 8) interfaces.push(interfaceOf(block, isLittle));
    const packet = packetOf(type, block, interfaces, isLittle);
    if (packet === undefined) continue;
    number++;
    if (packet !== "damaged") yield { number, ...packet };
  }
}

function interfaceOf(block: DataView, isLittle: boolean): Interface {
  let unit = 1e-6;
  let offset = 0;
  for (let at = 8; at + 4 <= block.byteLength; ) {
    const code = block.getUint16(at, isLittle);
    const length = block.getUint16(at + 2, isLittle);
    const value = at + 4;
    if (code === 0 || value + length > block.byteLength) break;
    if (code === OPTION_RESOLUTION && length >= 1) {
      const resolution = block.getUint8(value);
      unit = (resolution & 0x80) === 0 ? 10 ** -resolution : 2 ** -(resolution & 0x7f);
    }
    if (code === OPTION_OFFSET && length >= 8) offset = Number(block.getBigInt64(value, isLittle));
    at = value + Math.ceil(length / 4) * 4;
  }
  return { linkType: block.getUint16(0, isLittle), unit, offset };
}

/** Undefined for a block that is no packet. */
function packetOf(type: number, block: DataView, interfaces: readonly Interface[], isLittle: boolean): Omit<Packet, "number"> | "damaged" | undefined {
  const bytesAt = (from: number, length: number): Uint8Array | undefined => (from + length > block.byteLength ? undefined : new Uint8Array(block.buffer, block.byteOffset + from, length));
  if (type === SIMPLE_PACKET && block.byteLength >= 4) {
    const [only] = interfaces;
    const bytes = bytesAt(4, Math.min(block.getUint32(0, isLittle), block.byteLength - 4));
    return only === undefined || bytes === undefined ? "damaged" : { time: NaN, linkType: only.linkType, bytes };
  }
  if ((type !== PACKET && type !== OLD_PACKET) || block.byteLength < 20) return undefined;
  const known = interfaces[type === PACKET ? block.getUint32(0, isLittle) : block.getUint16(0, isLittle)];
  const bytes = bytesAt(20, block.getUint32(12, isLittle));
  if (known === undefined || bytes === undefined) return "damaged";
  const ticks = (BigInt(block.getUint32(4, isLittle)) << 32n) | BigInt(block.getUint32(8, isLittle));
  return { time: millisecondsOf(ticks, known), linkType: known.linkType, bytes };
}

/** Nanoseconds since 1970 are more than a number holds: seconds and their fraction apart. */
function millisecondsOf(ticks: bigint, { unit, offset }: Interface): number {
  const each = BigInt(Math.max(1, Math.round(1 / unit)));
  return (Number(ticks / each) + offset) * 1000 + Number(ticks % each) * unit * 1000;
}
