import { brotliCompressSync, deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

function packet(version: number, operation: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length);
  view.setUint16(4, 16);
  view.setUint16(6, version);
  view.setUint32(8, operation);
  view.setUint32(12, 1);
  bytes.set(body, 16);
  return bytes;
}
const plain = (value: object): Uint8Array => packet(0, 5, bytesOf(JSON.stringify(value)));

describe("Bilibili's live chat", () => {
  it("names messages by their command, compressed ones too, and pairs what is asked", () => {
    const both = Buffer.concat([plain({ cmd: "DANMU_MSG", info: [1] }), plain({ cmd: "SEND_GIFT" })]);
    const packed = packet(2, 5, new Uint8Array(deflateSync(both)));
    const frames = [sent(packet(1, 7, bytesOf('{"roomid":1}'))), received(packet(1, 8, bytesOf('{"code":0}'))), sent(packet(1, 2, bytesOf("[object Object]"))), received(packet(1, 3, Uint8Array.of(0, 0, 1, 0))), received(packed), received(plain({ cmd: "WATCHED_CHANGE" })), received(packet(3, 5, new Uint8Array(brotliCompressSync(both)))), received(packet(3, 5, Uint8Array.of(1, 2)))];
    expect(told("bilibili", frames)).toEqual(["request auth #auth", "answer auth reply ←auth", "heartbeat heartbeat #heartbeat", "heartbeat audience ←heartbeat", "event DANMU_MSG", "event WATCHED_CHANGE", "event DANMU_MSG", "event message"]);
    expect(valueOf(decodeAll(frames)[4])).toMatchObject({ cmd: "DANMU_MSG" });
  });

  it("takes any bytes without a throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(3), (bytes, version) => { decodeAll([received(packet(version, 5, bytes)), received(bytes)]); decodeAll([received(bytes)], UNKNOWN, { pinned: "bilibili" }); }));
  });
});
