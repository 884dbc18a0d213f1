import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConnectionFacts, Decoded } from "../../../src/decode/decoder.ts";
import { bytesOf, decodeAll, received, valueOf } from "../messages.ts";
import { en } from "../../words/speakers.ts";

const STREAM: ConnectionFacts = { transport: "event-source", subprotocol: "", url: "https://shop.test/socket.io/?EIO=4" };
const decode = (data: string, name = "message", id = ""): Decoded | undefined => decodeAll([{ ...received(data), event: { name, id } }], STREAM)[0];

describe("the decoder of event streams", () => {
  it("gives the event's name as the type, its id as the id, and the data as JSON where it is that", () => {
    const price = decode('{"id":9,"result":[1]}', "price", "7");
    expect([price?.decoder, price?.label, price?.id, price?.kind, price?.answers, price?.isJson, valueOf(price)]).toEqual(["sse", "price", "7", "event", undefined, true, { id: 9, result: [1] }]);
    const note = decode("two\nlines", "note");
    expect([note?.label, note?.id, note?.kind, valueOf(note), note?.summary]).toEqual(["note", undefined, "event", undefined, "two lines"]);
    expect(decode("")?.label).toBe("message");
  });

  it("is asked first, whatever the address looks like, and for no WebSocket", () => {
    expect(decode('42["tick",1]')?.decoder).toBe("sse");
    expect(decodeAll([received('{"a":1}')])[0]?.decoder).toBe("json");
  });

  it("takes any data and any name, on one line of bounded length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary", maxLength: 200 }), fc.string(), (data, name, id) => {
        const [decoded] = decodeAll([{ bytes: bytesOf(data), opcode: 1, direction: "received", event: { name, id } }], STREAM);
        expect(decoded?.label.length).toBeLessThanOrEqual(64);
        expect(`${decoded?.label ?? ""}${en.tell(decoded?.summary ?? "")}`).not.toMatch(/[\r\n]/);
      }),
    );
  });
});
