/** Blocks of pcapng (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-05.html), little-endian. */

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const NAME_RESOLUTION = 4;
const ENHANCED_PACKET = 6;
const BYTE_ORDER = 0x1a2b3c4d;
/** Packets begin with their IP header. */
const LINKTYPE_RAW = 101;

const COMMENT = 1;
const USER_APPLICATION = 4;
const TIME_RESOLUTION = 9;
const IPV4_NAME = 1;

interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

const TO_UTF8 = new TextEncoder();
const padded = (length: number): number => (length + 3) & ~3;

/** Options are shorter than 64 KiB. */
const text = (code: number, value: string): Option => ({ code, value: TO_UTF8.encode(value).subarray(0, 0xffff) });

/** A block whose body is `fixed` bytes that `fill` writes, then `data`, then options. */
function block(type: number, fixed: number, fill: (view: DataView) => void, data: Uint8Array, options: readonly Option[] = []): Uint8Array<ArrayBuffer> {
  const optionsLength = options.length === 0 ? 0 : options.reduce((sum, { value }) => sum + 4 + padded(value.length), 4);
  const length = 12 + fixed + padded(data.length) + optionsLength;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  fill(new DataView(bytes.buffer, 8, fixed));
  bytes.set(data, 8 + fixed);
  let at = 8 + fixed + padded(data.length);
  for (const { code, value } of options) {
    view.setUint16(at, code, true);
    view.setUint16(at + 2, value.length, true);
    bytes.set(value, at + 4);
    at += 4 + padded(value.length);
  }
  view.setUint32(length - 4, length, true);
  return bytes;
}

/** The head of the file: one section, one interface with times in microseconds. */
export function fileHead(application: string, comment: string): Uint8Array<ArrayBuffer>[] {
  const section = block(
    SECTION_HEADER,
    16,
    (view) => {
      view.setUint32(0, BYTE_ORDER, true);
      view.setUint16(4, 1, true);
      view.setBigInt64(8, -1n, true);
    },
    NOTHING,
    [text(USER_APPLICATION, application), ...(comment === "" ? [] : [text(COMMENT, comment)])],
  );
  const face = block(INTERFACE, 8, (view) => view.setUint16(0, LINKTYPE_RAW, true), NOTHING, [{ code: TIME_RESOLUTION, value: Uint8Array.of(6) }]);
  return [section, face];
}

/** The names of addresses of IPv4. */
export function nameBlock(names: Iterable<readonly [Uint8Array, string]>): Uint8Array<ArrayBuffer> {
  const records: number[] = [];
  const push16 = (value: number): void => void records.push(value & 255, value >> 8);
  for (const [address, name] of names) {
    const bytes = TO_UTF8.encode(name).subarray(0, 255);
    push16(IPV4_NAME);
    push16(5 + bytes.length);
    records.push(...address, ...bytes, 0);
    while (records.length % 4 !== 0) records.push(0);
  }
  records.push(0, 0, 0, 0);
  return block(NAME_RESOLUTION, 0, () => {}, Uint8Array.from(records));
}

/** `time`: microseconds since 1970. */
export function packetBlock(time: number, packet: Uint8Array, comment: string): Uint8Array<ArrayBuffer> {
  return block(
    ENHANCED_PACKET,
    20,
    (view) => {
      view.setUint32(4, Math.floor(time / 2 ** 32), true);
      view.setUint32(8, time >>> 0, true);
      view.setUint32(12, packet.length, true);
      view.setUint32(16, packet.length, true);
    },
    packet,
    comment === "" ? [] : [text(COMMENT, comment)],
  );
}

const NOTHING = new Uint8Array(0);
