/** Packets as a card would see them, of what went over TCP connections. */

export interface Sent {
  /** By the client, else by the server. */
  readonly byClient: boolean;
  readonly bytes: Uint8Array;
  /** Seconds since 1970. */
  readonly time: number;
}

export interface TcpPacket {
  readonly byClient: boolean;
  readonly time: number;
  readonly bytes: Buffer;
}

interface Shape {
  readonly ipv6?: boolean;
  readonly port?: number;
  /** Bytes of a segment. */
  readonly most?: number;
  /** Of the first byte of each side. */
  readonly sequence?: number;
  readonly link?: "ethernet" | "vlan" | "cooked" | "raw" | "loopback";
}

const SYN = 2;
const ACK = 16;
const FIN = 1;

/** A connection's packets, in order: handshake, what was sent, end. */
export function tcpPackets(sent: readonly Sent[], { ipv6 = false, port = 40_000, most = 1400, sequence = 4_294_967_200, link = "ethernet" }: Shape = {}): TcpPacket[] {
  const packets: TcpPacket[] = [];
  const next = { client: sequence, server: 1000 };
  const add = (byClient: boolean, flags: number, bytes: Uint8Array, time: number): void => {
    const side = byClient ? "client" : "server";
    const tcp = Buffer.alloc(20);
    tcp.writeUInt16BE(byClient ? port : 80, 0);
    tcp.writeUInt16BE(byClient ? 80 : port, 2);
    tcp.writeUInt32BE(next[side] >>> 0, 4);
    tcp[12] = 5 << 4;
    tcp[13] = flags;
    next[side] = (next[side] + bytes.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1)) >>> 0;
    packets.push({ byClient, time, bytes: onLink(link, ipv6, onIp(ipv6, byClient, Buffer.concat([tcp, bytes]))) });
  };
  const start = sent[0]?.time ?? 0;
  add(true, SYN, Buffer.alloc(0), start);
  add(false, SYN | ACK, Buffer.alloc(0), start);
  for (const { byClient, bytes, time } of sent) for (let from = 0; from < bytes.length; from += most) add(byClient, ACK, bytes.subarray(from, from + most), time);
  add(true, FIN | ACK, Buffer.alloc(0), sent.at(-1)?.time ?? 0);
  return packets;
}

function onIp(ipv6: boolean, byClient: boolean, tcp: Buffer): Buffer {
  if (ipv6) {
    const head = Buffer.alloc(40);
    head[0] = 6 << 4;
    head.writeUInt16BE(tcp.length, 4);
    head[6] = 6;
    head[8 + 15] = byClient ? 1 : 2;
    head[24 + 15] = byClient ? 2 : 1;
    return Buffer.concat([head, tcp]);
  }
  const head = Buffer.alloc(20);
  head[0] = 0x45;
  head.writeUInt16BE(20 + tcp.length, 2);
  head[9] = 6;
  head[15] = byClient ? 1 : 2;
  head[19] = byClient ? 2 : 1;
  return Buffer.concat([head, tcp]);
}

const LINKS = { ethernet: 1, vlan: 1, cooked: 113, raw: 101, loopback: 0 } as const;
export const linkTypeOf = (link: keyof typeof LINKS): number => LINKS[link];

function onLink(link: keyof typeof LINKS, ipv6: boolean, ip: Buffer): Buffer {
  const type = ipv6 ? 0x86dd : 0x0800;
  const typed = (length: number, ...numbers: readonly number[]): Buffer => {
    const head = Buffer.alloc(length + numbers.length * 2);
    for (const [i, number] of numbers.entries()) head.writeUInt16BE(number, length + i * 2);
    return head;
  };
  switch (link) {
    case "ethernet":
      // A short frame is filled up to 60 bytes.
      return Buffer.concat([typed(12, type), ip, Buffer.alloc(Math.max(0, 46 - ip.length), 0xee)]);
    case "vlan":
      return Buffer.concat([typed(12, 0x8100, 7, type), ip]);
    case "cooked":
      return Buffer.concat([typed(14, type), ip]);
    case "raw":
      return ip;
    case "loopback":
      return Buffer.concat([Buffer.of(ipv6 ? 30 : 2, 0, 0, 0), ip]);
  }
}

export function pcapFile(packets: readonly TcpPacket[], linkType: number, isLittle = true): Buffer {
  const word = (view: DataView, at: number, value: number): void => view.setUint32(at, value, isLittle);
  const head = new DataView(new ArrayBuffer(24));
  word(head, 0, 0xa1b2c3d4);
  word(head, 20, linkType);
  const parts = packets.map(({ time, bytes }) => {
    const record = new DataView(new ArrayBuffer(16));
    word(record, 0, Math.floor(time));
    word(record, 4, Math.round((time % 1) * 1e6));
    word(record, 8, bytes.length);
    word(record, 12, bytes.length);
    return Buffer.concat([Buffer.from(record.buffer), bytes]);
  });
  return Buffer.concat([Buffer.from(head.buffer), ...parts]);
}

/** With times in nanoseconds, in either order of bytes. */
export function pcapngFile(packets: readonly TcpPacket[], linkType: number, isLittle = true): Buffer {
  const block = (type: number, body: Buffer): Buffer => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    const whole = Buffer.alloc(12 + padded.length);
    const view = new DataView(whole.buffer, whole.byteOffset, whole.length);
    view.setUint32(0, type, isLittle);
    view.setUint32(4, whole.length, isLittle);
    padded.copy(whole, 8);
    view.setUint32(whole.length - 4, whole.length, isLittle);
    return whole;
  };
  const words = (...values: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer => {
    const whole = Buffer.alloc(values.reduce((sum, [bytes]) => sum + bytes, 0));
    const view = new DataView(whole.buffer, whole.byteOffset, whole.length);
    let at = 0;
    for (const [bytes, value] of values) {
      if (bytes === 2) view.setUint16(at, value, isLittle);
      else view.setUint32(at, value, isLittle);
      at += bytes;
    }
    return whole;
  };
  const section = block(0x0a0d0d0a, words([4, 0x1a2b3c4d], [2, 1], [2, 0], [4, 0xffffffff], [4, 0xffffffff]));
  const description = block(1, Buffer.concat([words([2, linkType], [2, 0], [4, 0], [2, 9], [2, 1]), Buffer.of(9, 0, 0, 0), words([2, 0], [2, 0])]));
  const parts = packets.map(({ time, bytes }) => {
    const ticks = BigInt(Math.round(time * 1e6)) * 1000n;
    return block(6, Buffer.concat([words([4, 0], [4, Number(ticks >> 32n)], [4, Number(ticks & 0xffffffffn)], [4, bytes.length], [4, bytes.length]), bytes]));
  });
  return Buffer.concat([section, description, ...parts]);
}
