/** One end of a TCP connection: address of IPv4, port, and the number of its next byte. */
export interface Endpoint {
  readonly address: Uint8Array;
  readonly port: number;
  sequence: number;
}

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const PSH = 8;
export const ACK = 16;

const IP_HEAD = 20;
const TCP_HEAD = 20;
/** What fits a packet of IPv4. */
export const MOST_DATA = 65_000;

/** An IPv4 packet with a TCP segment from `from` to `to` (RFC 791, RFC 9293), checksums and all; moves `from.sequence` on. */
export function segment(from: Endpoint, to: Endpoint, flags: number, data: Uint8Array): Uint8Array {
  const length = IP_HEAD + TCP_HEAD + data.length;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, length);
  view.setUint16(6, 0x4000);
  view.setUint8(8, 64);
  view.setUint8(9, TCP);
  bytes.set(from.address, 12);
  bytes.set(to.address, 16);
  view.setUint16(10, checksum(bytes.subarray(0, IP_HEAD), 0));
  view.setUint16(20, from.port);
  view.setUint16(22, to.port);
  view.setUint32(24, from.sequence);
  view.setUint32(28, (flags & ACK) === 0 ? 0 : to.sequence);
  view.setUint8(32, (TCP_HEAD / 4) << 4);
  view.setUint8(33, flags);
  view.setUint16(34, 0xffff);
  bytes.set(data, IP_HEAD + TCP_HEAD);
  // The addresses, the protocol and the length are summed up with the segment (RFC 9293 §3.1).
  view.setUint16(36, checksum(bytes.subarray(12), TCP + TCP_HEAD + data.length));
  from.sequence = (from.sequence + data.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1)) >>> 0;
  return bytes;
}

const TCP = 6;

/** The Internet checksum (RFC 1071). */
function checksum(bytes: Uint8Array, start: number): number {
  let sum = start;
  for (let i = 0; i + 1 < bytes.length; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  if (bytes.length % 2 === 1) sum += (bytes.at(-1) as number) << 8;
  while (sum > 0xffff) sum = Math.floor(sum / 0x10000) + (sum & 0xffff);
  return ~sum & 0xffff;
}
