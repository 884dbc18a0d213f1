import { constants, createDeflate, deflateSync, type Deflate } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "../../words/speakers.ts";
import { decodeAll, received, UNKNOWN, valueOf } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

/** What a server that packs all messages as one stream sends, a message at a time. */
async function streamed(texts: readonly string[]): Promise<Uint8Array[]> {
  const deflate: Deflate = createDeflate();
  const messages: Uint8Array[] = [];
  let parts: Buffer[] = [];
  deflate.on("data", (part: Buffer) => parts.push(part));
  for (const text of texts) {
    parts = [];
    deflate.write(text);
    await new Promise<void>((resolve) => {
      deflate.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    messages.push(new Uint8Array(Buffer.concat(parts)));
  }
  deflate.destroy();
  return messages;
}

const DISCORD = connectionTo("wss://gateway.discord.gg/?v=10&encoding=json&compress=zlib-stream");
const texts = ['{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250}}', '{"t":"READY","s":1,"op":0,"d":{"guild_id":"1"}}', '{"t":"READY","s":2,"op":0,"d":{"guild_id":"1"}}'];

describe("zlib", () => {
  it("unpacks each message by itself", () => {
    expect(told("zlib", [received(new Uint8Array(deflateSync('{"type":"tick"}'))), received(new Uint8Array(deflateSync('{"type":"tock"}')))])).toEqual(["event tick", "event tock"]);
  });

  it("is found behind a few bytes of a vendor's, by its check", () => {
    expect(told("zlib", [received(Uint8Array.of(0, 0, 0, 22, 1, ...deflateSync('{"type":"tick"}')))])).toEqual(["event tick"]);
  });

  it("unpacks a stream over many messages, of which a later one says nothing alone", async () => {
    const messages = await streamed(texts);
    const decoded = decodeAll(messages.map(received), DISCORD);
    expect(decoded.map((message) => message?.label)).toEqual(["Hello", "READY", "READY"]);
    expect(decoded.map((message) => [message?.derives, message?.speaks])).toEqual(Array.from({ length: 3 }, () => ["value", "discord"]));
    expect(valueOf(decoded[2])).toMatchObject({ s: 2 });
    expect(told("zlib", messages.map(received))).toHaveLength(3);
  });

  it("puts a message together that is cut into several frames", async () => {
    const [first = new Uint8Array(0), second = new Uint8Array(0)] = await streamed(texts);
    const frames = [first, second.subarray(0, 9), second.subarray(9)].map((bytes, row) => ({ ...received(bytes.slice()), row }));
    const decoded = decodeAll(frames, DISCORD);
    expect(decoded.map((message) => message?.label)).toEqual(["Hello", "part", "READY"]);
    expect(decoded[2]?.joined).toEqual([1, 2]);
  });

  it("says that the start is missing, or that the stream broke", async () => {
    const [first = new Uint8Array(0), second = new Uint8Array(0), third = new Uint8Array(0)] = await streamed(texts);
    const [late] = decodeAll([received(second)], DISCORD);
    expect(en.tell(late?.problem?.said ?? "")).toBe("The start of the compressed stream was not seen, so this cannot be unpacked.");
    const broken = second.slice();
    broken.fill(0xff, 0, 8);
    const after = decodeAll([received(first), received(broken), received(third)], DISCORD);
    expect(after.map((message) => message?.kind)).toEqual(["control", "error", "error"]);
  });

  it("takes any bytes without a throw, and nothing for zlib that does not check", () => {
    const packed = new Uint8Array(deflateSync('{"type":"tick","list":[1,2,3,4,5,6,7,8,9]}'));
    fc.assert(fc.property(fc.nat(packed.length - 1), (length) => { expect(decodeAll([received(packed.slice(0, length))])[0]?.decoder).not.toBe("zlib"); }));
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 30 }).map((bytes) => received(Uint8Array.of(0x78, 0x9c, ...bytes, 0, 0, 0xff, 0xff))), { maxLength: 4 }), (frames) => { decodeAll(frames, DISCORD); decodeAll(frames, UNKNOWN, { pinned: "zlib" }); }));
  });
});
