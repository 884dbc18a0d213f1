import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ConnectionDecoder, decodeAgain } from "../../../src/decode/connection-decoder.ts";
import { loadDecoder } from "../../../src/decode/decoder-loads.ts";
import { wrappedText } from "../../../src/decode/decoders/wrapped-text.ts";
import { DECODERS } from "../../../src/decode/registry.ts";
import { prefixChoice, prefixOf } from "../../../src/model/prefix-choice.ts";
import { bytesOf, received } from "../messages.ts";
import { plain } from "../plain.ts";

beforeAll(async () => void (await Promise.all(DECODERS.map(loadDecoder))));

const facts = (prefix: number) => ({ url: "", subprotocol: "", prefix });
const behind = (prefix: number) => new ConnectionDecoder(facts(prefix), { pinned: wrappedText.id });
const after = (prefix: Uint8Array, body: Uint8Array) => received(new Uint8Array([...prefix, ...body]));

describe("a prefix that the user has skipped", () => {
  it("stands before JSON, before what is compressed, and before a protocol, which pairs as without it", () => {
    const decoder = behind(3);
    const prefix = Uint8Array.of(1, 0, 9);
    expect(decoder.decode(after(prefix, bytesOf('{"type":"tick","px":1}')))).toMatchObject({ decoder: wrappedText.id, speaks: "json", label: "tick" });
    const packed = decoder.decode(after(prefix, gzipSync('{"type":"packed","seq":1}')));
    expect(packed).toMatchObject({ label: "packed", speaks: "json" });
    expect(packed?.layers.map(({ name, from }) => `${name} ${from}`)).toEqual(["Prefix 0", "gzip 3", "JSON 3"]);
    expect(decoder.decode(after(prefix, bytesOf('{"jsonrpc":"2.0","id":7,"method":"find"}')))).toMatchObject({ kind: "request", id: "7", speaks: "json-rpc" });
  });

  it("is skipped again for whoever looks at the message, from its facts", () => {
    const frame = after(Uint8Array.of(0, 0, 0, 22), bytesOf('{"type":"tick","px":1}'));
    expect(plain(decodeAgain(facts(4), wrappedText.id, [frame])?.value)).toEqual({ type: "tick", px: 1 });
  });

  it("is longer than a message: that is said, and nothing else breaks", () => {
    const decoder = behind(8);
    expect(decoder.decode(received(Uint8Array.of(1, 2)))).toMatchObject({ kind: "error", problem: { offset: 2 } });
    expect(decoder.decode(received(new Uint8Array(8)))).toMatchObject({ kind: "event", problem: undefined });
  });

  it("is no one's where the user said nothing, and takes any bytes without a throw", () => {
    expect(new ConnectionDecoder({ url: "", subprotocol: "" }).decode(received(Uint8Array.of(9, 9, 9)))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (bytes, prefix) => { expect(behind(prefix).decode(received(bytes))?.decoder).toBe(wrappedText.id); }));
  });

  it("is of a number of bytes, and of nothing else", () => {
    expect([prefixOf(prefixChoice(4)), prefixOf("behind-prefix:0"), prefixOf("behind-prefix:1025"), prefixOf("behind-prefix:x"), prefixOf("json"), prefixOf(null)]).toEqual([4, undefined, undefined, undefined, undefined, undefined]);
  });
});
