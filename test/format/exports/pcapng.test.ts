import fc from "fast-check";
import { expect, it } from "vitest";
import { writePcapng } from "../../../src/format/pcapng/write-pcapng.ts";
import type { ExportFrame } from "../../../src/format/export-format.ts";
import { monotonicSeconds } from "../../../src/model/units.ts";
import { aConnection } from "../../model/a-connection.ts";
import { aSource, at as moment, binary, text, write } from "../a-source.ts";

interface Packet {
  readonly time: number;
  readonly comment: string;
  readonly isClient: boolean;
  readonly flags: number;
  readonly sequence: number;
  readonly data: Buffer;
}

/** The packets of a file, each block held against its own length and each checksum against its bytes. */
function packetsOf(file: Buffer): Packet[] {
  const packets: Packet[] = [];
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32LE(at + 4);
    expect(file.readUInt32LE(at + length - 4)).toBe(length);
    if (file.readUInt32LE(at) === 6) {
      const size = file.readUInt32LE(at + 20);
      const ip = file.subarray(at + 28, at + 28 + size);
      expect(ip.readUInt16BE(2)).toBe(size);
      expect(sum(ip.subarray(0, 20))).toBe(0xffff);
      expect(sum(Buffer.concat([ip.subarray(12, 20), Buffer.of(0, 6, (size - 20) >> 8, (size - 20) & 255), ip.subarray(20)]))).toBe(0xffff);
      const options = at + 28 + ((size + 3) & ~3);
      const comment = options < at + length - 4 ? file.subarray(options + 4, options + 4 + file.readUInt16LE(options + 2)).toString() : "";
      packets.push({ time: file.readUInt32LE(at + 12) * 2 ** 32 + file.readUInt32LE(at + 16), comment, isClient: ip.readUInt16BE(22) === 80, flags: ip.readUInt8(33), sequence: ip.readUInt32BE(24), data: ip.subarray(40) });
    }
    at += length;
  }
  return packets;
}

function sum(bytes: Buffer): number {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 2) total += i + 1 < bytes.length ? bytes.readUInt16BE(i) : bytes.readUInt8(i) << 8;
  while (total > 0xffff) total = Math.floor(total / 0x10000) + (total & 0xffff);
  return total;
}

/** The messages of one direction's stream, behind the handshake. */
function framesOf(packets: readonly Packet[], isClient: boolean): { readonly opcode: number; readonly hex: string }[] {
  const stream = Buffer.concat(packets.filter((packet) => packet.isClient === isClient).map(({ data }) => data));
  let at = stream.indexOf("\r\n\r\n") + 4;
  const frames: { opcode: number; hex: string }[] = [];
  while (at < stream.length) {
    const opcode = stream.readUInt8(at) & 15;
    const short = stream.readUInt8(at + 1) & 127;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    const length = short === 126 ? stream.readUInt16BE(at + 2) : short === 127 ? Number(stream.readBigUInt64BE(at + 2)) : short;
    expect(stream.readUInt8(at + 1) >> 7).toBe(isClient ? 1 : 0);
    at += head + (isClient ? 4 : 0);
    frames.push({ opcode, hex: stream.subarray(at, at + length).toString("hex") });
    at += length;
  }
  return frames;
}

const file = (rows: readonly ExportFrame[], closing?: { code: number; reason: string; wasClean: boolean }): Packet[] =>
  packetsOf(Buffer.from(write({ write: writePcapng }, aSource([aConnection({ ...(closing && { closing, closedAt: monotonicSeconds(90), state: "closed" }) })], { 1: rows }), {}, false).bytes));

it("has a handshake, then every message whole and in order, of any size, and the close frame", () => {
  const size = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(125, 126, 65_535, 65_536, 200_000));
  fc.assert(
    fc.property(fc.array(fc.record({ size, isText: fc.boolean(), isSent: fc.boolean() }), { maxLength: 8 }), (messages) => {
      const rows = messages.map(({ size: length, isText, isSent }, i) => {
        const direction = isSent ? "sent" : "received";
        return isText ? text(direction, "x".repeat(length), moment(2 + i)) : binary(direction, new Uint8Array(length).fill(i), moment(2 + i));
      });
      const packets = file(rows, { code: 4001, reason: "bye", wasClean: true });
      expect(packets.slice(0, 3).map(({ flags }) => flags)).toEqual([2, 18, 16]);
      for (const isClient of [true, false]) {
        const frames = framesOf(packets, isClient);
        expect(frames.pop()).toEqual({ opcode: 8, hex: `0fa1${Buffer.from("bye").toString("hex")}` });
        const expected = messages.map((message, i) => ({ ...message, i })).filter(({ isSent }) => isSent === isClient);
        expect(frames).toEqual(expected.map(({ size: length, isText, i }) => ({ opcode: isText ? 1 : 2, hex: (isText ? Buffer.from("x".repeat(length)) : Buffer.alloc(length, i)).toString("hex") })));
        let next = 1001;
        for (const { sequence, data } of packets.filter((packet) => packet.isClient === isClient && packet.data.length > 0)) {
          expect(sequence).toBe(next);
          next = (next + data.length) >>> 0;
        }
      }
      expect(packets.map(({ time }) => time)).toEqual(packets.map(({ time }) => time).toSorted((a, b) => a - b));
    }),
    { numRuns: 30 },
  );
});

it("has a message's note as its packet's comment, and no header that reaches past its line", () => {
  const packets = file([{ ...text("sent", "a"), note: "look here" }]);
  expect(packets.filter(({ comment }) => comment !== "").map(({ comment }) => comment)).toEqual(["look here"]);
  const request = packets.find(({ data }) => data.length > 0);
  expect(request?.data.toString()).toMatch(/^GET \/feed HTTP\/1\.1\r\n(?:[\w-]+: [^\r\n]*\r\n)+\r\n$/);
});
