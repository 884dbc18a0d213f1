import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_UNPACKED } from "../../../src/decode/carried/unpack-stream.ts";
import { loadZstd, unzstdStream } from "../../../src/decode/carried/unzstd.ts";
import type { FrameToDecode } from "../../../src/decode/decoder.ts";
import { en } from "../../words/speakers.ts";
import { bytesOf, decodeAll, received, UNKNOWN, valueOf } from "../messages.ts";
import { RECORDINGS } from "../recordings.ts";
import { connectionTo, told } from "../told.ts";
import { someOf } from "../../some-of.ts";

/** What python-zstandard packed: each by itself, behind a length, and as one stream. */
const [alone = [], , flushed = []] = RECORDINGS.filter(({ id }) => id === "zstd").map(({ frames }) => frames);
const DISCORD = connectionTo("wss://gateway.discord.gg/?v=10&encoding=json&compress=zstd-stream");
const bytesAt = (frames: readonly FrameToDecode[], at: number): Uint8Array => frames[at]?.bytes.slice() ?? new Uint8Array(0);

/** A block as it stands in RFC 8878 §3.1.1.2: `[type, size, body]`. */
type Block = readonly [number, number, Uint8Array];
const blockOf = ([type, size, body]: Block, isLast = false): number[] => [0, 8, 16].map((by) => (((size << 3) | (type << 1) | Number(isLast)) >> by) & 0xff).concat(...body);
const MARK = [0x28, 0xb5, 0x2f, 0xfd];

/** A frame of zstd. */
const frameOf = (blocks: readonly Block[], head = Uint8Array.of(0x00, 0x50)): Uint8Array => Uint8Array.from([...MARK, ...head, ...blocks.flatMap((block, i) => blockOf(block, i === blocks.length - 1))]);

await loadZstd();

describe("Zstandard", () => {
  it("unpacks each message by itself, also behind a length", () => {
    expect(told("zstd", alone)).toEqual(["event subscribed @trades", "event trade #9007199254740993 @BTC-USD", "event trade #9007199254740994 @ETH-USD", "event book @BTC-USD", "heartbeat heartbeat"]);
    expect(JSON.stringify(valueOf(decodeAll(alone)[3]))).toContain("[63981,20]");
  });

  it("unpacks a stream over many messages, of which a later one says nothing alone", () => {
    const decoded = decodeAll(flushed);
    expect(decoded.map((message) => [message?.label, message?.derives])).toEqual(["subscribed", "trade", "trade", "book", "heartbeat"].map((label) => [label, "value"]));
  });

  it("unpacks a stream whose first message has fewer bytes than a frame's longest head", () => {
    const texts = ["[1]", '{"a":1}', "[]", '{"b":[2,3]}'];
    const messages = texts.map((text, i) => received(Uint8Array.from([...(i === 0 ? [...MARK, 0x00, 0x50] : []), ...blockOf([0, text.length, bytesOf(text)])])));
    for (const facts of [UNKNOWN, DISCORD]) expect(decodeAll(messages, facts).map((message) => [message?.decoder, JSON.stringify(valueOf(message))])).toEqual(texts.map((text) => ["zstd", text]));
  });

  it("puts a message together that is cut into several frames", () => {
    const second = bytesAt(flushed, 1);
    for (let cut = 1; cut < second.length; cut++) {
      const frames = [bytesAt(flushed, 0), second.subarray(0, cut), second.subarray(cut)].map((bytes, row) => ({ ...received(bytes.slice()), row }));
      const decoded = decodeAll(frames, DISCORD);
      expect(decoded.slice(1).map((message) => message?.label), String(cut)).toEqual(["part", "trade"]);
      expect(decoded[2]?.joined).toEqual([1, 2]);
    }
  });

  it("takes up a stream that begins anew", () => {
    expect(decodeAll([...flushed.slice(0, 2), ...flushed.slice(0, 2)]).map((message) => message?.label)).toEqual(["subscribed", "trade", "subscribed", "trade"]);
  });

  it("says that the start is missing, that the stream broke, or that a dictionary is needed", () => {
    const [late] = decodeAll([received(bytesAt(flushed, 1))], DISCORD);
    expect(en.tell(late?.problem?.said ?? "")).toBe("The start of the compressed stream was not seen, so this cannot be unpacked.");
    expect(decodeAll([received(bytesAt(flushed, 1))])[0]?.decoder).not.toBe("zstd");
    const broken = bytesAt(flushed, 1).fill(0xff);
    const after = decodeAll([received(bytesAt(flushed, 0)), received(broken), received(bytesAt(flushed, 2))], DISCORD);
    expect(after.slice(1).map((message) => message?.kind)).toEqual(["error", "error"]);
    const [foreign] = decodeAll([received(frameOf([[0, 2, Uint8Array.of(0x7b, 0x7d)]], Uint8Array.of(0x01, 0x50, 7)))]);
    expect(en.tell(foreign?.problem?.said ?? "")).toBe("This is compressed with a dictionary, which is not in the capture.");
  });

  it("stops a bomb at its limit, whether its blocks or its header claim too much", () => {
    const [message] = decodeAll([received(frameOf(Array.from({ length: 300 }, () => [1, 128 << 10, Uint8Array.of(0x20)] as const)))]);
    expect(en.tell(message?.problem?.said ?? "")).toBe("This unpacks to more than 34 MB. The rest is left out.");
    expect(message?.layers[0]?.what).toMatchObject({ values: { n: MOST_UNPACKED } });
    // A window of a gigabyte, and a frame that says that it holds as much.
    for (const head of [Uint8Array.of(0x00, 0xa0), Uint8Array.of(0xa0, 0, 0, 0, 0x40)]) {
      expect(decodeAll([received(frameOf([[0, 1, Uint8Array.of(0x7b)]], head))])[0]?.problem?.said.code).toBe("decode.unpacked-too-much");
    }
  });

  it("unpacks messages of a few bytes, of which there are fewer than a frame's longest head", () => {
    for (const text of ["{}", "[1]", '{"a":1}', "[1,2,3,4,5,6]"]) {
      const [message] = decodeAll([received(frameOf([[0, text.length, bytesOf(text)]]))]);
      expect([message?.decoder, JSON.stringify(valueOf(message))]).toEqual(["zstd", text]);
    }
  });

  describe("ends, where the library would not,", () => {
    const pinned = (bytes: Uint8Array): unknown => decodeAll([received(bytes)], UNKNOWN, { pinned: "zstd" })[0]?.problem?.said.code;

    it("with weights that take no bits", () => {
      expect(pinned(new Uint8Array(Buffer.from("KLUv/SQ0jQEAQkMLEfDr5GUjMUU32uO2lFR6MlUB0ei/MNdyJT/5MB5MPq3eZOBNS61Li1m92lvDAJxrdYE=", "base64")))).toBe("decode.records-none");
    });

    it("with sequences of gigabytes without a bit of them", () => {
      // One literal, 98,047 sequences, and for each of their three numbers the largest code alone.
      const sequences = Uint8Array.of(0x08, 0x7b, 0xff, 0xff, 0xff, 0x54, 35, 0, 52, 0x01);
      expect(pinned(frameOf([[2, sequences.length, sequences]]))).toBe("decode.records-none");
      // And with the tables that stand for none.
      const usual = Uint8Array.of(0x08, 0x7b, 0xff, 0xff, 0xff, 0x00, 0x01);
      expect(pinned(frameOf([[2, usual.length, usual]]))).toBe("decode.records-none");
    });

    it("with a block without a byte, which it reads from what follows", () => {
      expect(pinned(frameOf([[2, 0, Uint8Array.of()], [0, 2, bytesOf("{}")]]))).toBe("decode.records-none");
    });

    it("with whatever became of a compressed block", () => {
      const packed = [alone[3], flushed[0]].map((frame) => frame?.bytes ?? new Uint8Array(0));
      fc.assert(fc.property(fc.constantFrom(...packed), fc.array(fc.tuple(fc.integer({ min: 6, max: 70 }), fc.nat(255)), { minLength: 1, maxLength: 4 }), (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) if (at < changed.length) changed[at] = byte;
        unzstdStream().stream.push(changed, true);
      }), { numRuns: someOf(500) });
    });

    it("with blocks without a byte in a large window", () => {
      const empty = Array.from({ length: 20_000 }, () => [0, 0, Uint8Array.of()] as const);
      expect(pinned(frameOf([...empty, [0, 2, bytesOf("{}")]], Uint8Array.of(0x00, 0x78)))).toBe("decode.records-none");
      expect(pinned(frameOf([...empty.slice(0, 100), [0, 2, bytesOf("{}")]], Uint8Array.of(0x00, 0x50)))).toBeUndefined();
    });
  });

  it("takes any bytes without a throw or a hang, and nothing that is cut for zstd", () => {
    for (let length = 0; length < bytesAt(alone, 3).length; length++) expect(decodeAll([received(bytesAt(alone, 3).slice(0, length))])[0]?.decoder, String(length)).not.toBe("zstd");
    const anyChanged = fc.constantFrom(...alone, ...flushed).chain(({ bytes }) => fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 3 }).map((changes) => {
      const changed = bytes.slice();
      for (const [at, byte] of changes) changed[at] = byte;
      return received(changed);
    }));
    const anyBlock = fc.uint8Array({ maxLength: 30 }).map((bytes) => received(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, ...bytes)));
    fc.assert(fc.property(fc.array(fc.oneof(anyChanged, anyBlock), { maxLength: 4 }), (frames) => { decodeAll(frames, DISCORD); decodeAll(frames, UNKNOWN, { pinned: "zstd" }); }), { numRuns: someOf(100) });
  });
});
