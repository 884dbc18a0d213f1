import type { Packet } from "./packet.ts";

/** What a packet says to one end of a TCP connection. */
export interface TcpSegment {
  /** Address and port. */
  readonly source: string;
  readonly target: string;
  readonly sequence: number;
  readonly isSyn: boolean;
  readonly isAck: boolean;
  /** FIN or RST. */
  readonly isEnd: boolean;
  readonly isReset: boolean;
  readonly payload: Uint8Array;
  /** Bytes that were on the wire and are not in the file. */
  readonly missing: number;
}

const TCP = 6;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
/** Tags that stand before the type: VLANs (IEEE 802.1Q). */
const TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const PPPOE = 0x8864;
/** Headers of IPv6 behind which another stands (RFC 8200 §4). */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60, 135]);
const FRAGMENT = 44;

/** The TCP segment in a packet; undefined where there is none, `fragment` where it stands in parts of IP. Never throws on any bytes. */
export function tcpSegment({ linkType, bytes }: Pick<Packet, "linkType" | "bytes">): TcpSegment | "fragment" | undefined {
  const ip = ipOf(linkType, bytes);
  if (ip === undefined || ip.length < 20) return undefined;
  const version = (ip[0] as number) >> 4;
  return version === 4 ? fromIpv4(ip) : version === 6 && ip.length >= 40 ? fromIpv6(ip) : undefined;
}

const at16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const at32 = (bytes: Uint8Array, at: number): number => (at16(bytes, at) * 65_536 + at16(bytes, at + 2)) >>> 0;

function ipOf(linkType: number, bytes: Uint8Array): Uint8Array | undefined {
  switch (linkType) {
    case 0: // BSD loopback, in the order of the machine
    case 108: // OpenBSD loopback
      return bytes.subarray(4);
    case 1:
      return fromEthernet(bytes, 12);
    case 12:
    case 14:
    case 101: // raw IP
    case 228:
    case 229:
      return bytes;
    case 113: // Linux cooked
      return fromEthernet(bytes, 14);
    case 276: // Linux cooked, version 2
      return at16(bytes, 0) === IPV4 || at16(bytes, 0) === IPV6 ? bytes.subarray(20) : undefined;
    default:
      return undefined;
  }
}

/** `typeAt`: where the type of what follows stands. */
function fromEthernet(bytes: Uint8Array, typeAt: number): Uint8Array | undefined {
  let at = typeAt;
  while (TAGS.has(at16(bytes, at))) at += 4;
  const type = at16(bytes, at);
  if (type === PPPOE) return bytes.subarray(at + 10);
  return type === IPV4 || type === IPV6 ? bytes.subarray(at + 2) : undefined;
}

function fromIpv4(ip: Uint8Array): TcpSegment | "fragment" | undefined {
  if (ip[9] !== TCP) return undefined;
  if ((at16(ip, 6) & 0x3fff) !== 0) return "fragment";
  const header = ((ip[0] as number) & 0xf) * 4;
  // A card that cuts segments itself leaves 0.
  const length = at16(ip, 2) || ip.length;
  const address = (at: number): string => ip.subarray(at, at + 4).join(".");
  return segmentOf(ip, header, length, address(12), address(16));
}

function fromIpv6(ip: Uint8Array): TcpSegment | "fragment" | undefined {
  let next = ip[6] as number;
  let at = 40;
  while (EXTENSIONS.has(next) || next === FRAGMENT) {
    if (at + 8 > ip.length) return undefined;
    if (next === FRAGMENT) {
      if ((at16(ip, at + 2) & 0xfff9) !== 0) return "fragment";
      next = ip[at] as number;
      at += 8;
    } else {
      next = ip[at] as number;
      at += ((ip[at + 1] as number) + 1) * 8;
    }
  }
  if (next !== TCP) return undefined;
  const length = at16(ip, 4) === 0 ? ip.length : 40 + at16(ip, 4);
  return segmentOf(ip, at, length, addressOf6(ip, 8), addressOf6(ip, 24));
}

const addressOf6 = (ip: Uint8Array, at: number): string => `[${Array.from({ length: 8 }, (_, i) => at16(ip, at + i * 2).toString(16)).join(":")}]`;

/** `length`: of the packet, as its header says. */
function segmentOf(ip: Uint8Array, at: number, length: number, source: string, target: string): TcpSegment | undefined {
  if (at + 20 > ip.length) return undefined;
  const from = at + ((ip[at + 12] as number) >> 4) * 4;
  if (from < at + 20 || from > length) return undefined;
  const flags = ip[at + 13] as number;
  // Behind the packet stand what fills a frame of Ethernet, and its checksum.
  const payload = ip.subarray(Math.min(from, ip.length), Math.min(length, ip.length));
  return {
    source: `${source}:${at16(ip, at)}`,
    target: `${target}:${at16(ip, at + 2)}`,
    sequence: at32(ip, at + 4),
    isSyn: (flags & 0x02) !== 0,
    isAck: (flags & 0x10) !== 0,
    isEnd: (flags & 0x05) !== 0,
    isReset: (flags & 0x04) !== 0,
    payload,
    missing: length - from - payload.length,
  };
}
