import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeDerived, readDerived } from "../../src/decode/derived-message.ts";
import { DerivedPages } from "../../src/log/derived-pages.ts";
import { decodeAll, fieldsOf, received } from "./messages.ts";
import { toJson } from "../../src/decode/value-json.ts";
import type { Decoded } from "../../src/decode/decoder.ts";

const SOCKET_IO = { subprotocol: "", url: "ws://test/socket.io/?EIO=4&transport=websocket" };

/** The last of some Socket.IO messages, as it was decoded and as it was kept. */
function lastOf(...messages: Parameters<typeof received>[0][]): { readonly decoded: Decoded; readonly kept: Decoded } {
  const decoded = decodeAll(messages.map(received), SOCKET_IO).at(-1) as Decoded;
  return { decoded, kept: readDerived(encodeDerived(decoded), () => undefined) };
}

describe("what only decoding in order knows of a message", () => {
  it("is read back as it was decoded: every digit, key and byte of it", () => {
    const json = fc.json({ maxDepth: 3 });
    fc.assert(
      fc.property(json, fc.array(fc.uint8Array({ maxLength: 9 }), { minLength: 1, maxLength: 4 }), (value, attachments) => {
        const places = attachments.map((_, num) => `{"_placeholder":true,"num":${num}}`);
        const packet = `45${attachments.length}-["m",{"v":${value},"n":1.0000000000000000001,"n":12345678901234567890,"b":[${places.join(",")}]}]`;
        const { decoded, kept } = lastOf(packet, ...attachments);
        expect(fieldsOf(kept)).toEqual(fieldsOf(decoded));
        if (decoded.value !== undefined && kept.value !== undefined) expect(toJson(kept.value)).toBe(toJson(decoded.value));
      }),
    );
  });

  it("leaves out a value that the payload alone gives", () => {
    const { decoded, kept } = lastOf('452-["m",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]', new Uint8Array(5000));
    expect(encodeDerived(decoded).length).toBeLessThan(1000);
    expect(kept.layers).toEqual(decoded.layers);
  });
});

describe("the pages of what was derived", () => {
  it("are bounded, and count what they do not keep", () => {
    const pages = new DerivedPages(4 << 20);
    for (let row = 0; row < 10; row++) pages.add(row * 3, new Uint8Array(1 << 20).fill(row), row === 2 ? 1 : undefined);
    expect(pages.lost).toBe(6);
    expect(pages.of(9)?.[0]).toBe(3);
    expect([pages.of(8), pages.of(12), pages.of(27)]).toEqual([undefined, undefined, undefined]);
    expect(pages.lastOf(1)).toBe(6);
  });
});
