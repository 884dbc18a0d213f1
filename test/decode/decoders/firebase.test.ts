import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { asDoubles } from "../plain.ts";
import { connectionTo, told } from "../told.ts";

const FIREBASE = connectionTo("wss://s-usc1a-nss-1.firebaseio.com/.ws?v=5&ns=shop");

describe("Firebase Realtime Database", () => {
  it("pairs a request with its answer, whose topic is the request's path", () => {
    expect(
      told("firebase", [
        received({ t: "c", d: { t: "h", d: { ts: 1764358801000, v: "5", h: "s-usc1a", s: "x" } } }),
        sent({ t: "d", d: { r: 1, a: "s", b: { c: { "sdk.js.10": 1 } } } }),
        received({ t: "d", d: { r: 1, b: { s: "ok", d: "" } } }),
        sent({ t: "d", d: { r: 2, a: "q", b: { p: "/orders", h: "" } } }),
        received({ t: "d", d: { b: { p: "orders", d: { a: 1 } }, a: "d" } }),
        received({ t: "d", d: { r: 2, b: { s: "permission_denied", d: "Permission denied" } } }),
        sent("0"),
      ]),
    ).toEqual([
      "control handshake",
      "request stats #1",
      "answer ok ←1 @stats",
      "request listen #2 @/orders",
      "event data @orders",
      "error permission_denied ←2 @/orders",
      "heartbeat keep-alive",
    ]);
  });

  it("puts a message together out of its pieces", () => {
    const text = JSON.stringify({ t: "d", d: { b: { p: "orders", d: { text: "x".repeat(100) } }, a: "d" } });
    const frames = [received("3"), received(text.slice(0, 50)), received(text.slice(50, 90)), received(text.slice(90))].map((frame, row) => ({ ...frame, row }));
    const decoded = decodeAll(frames, FIREBASE);
    expect(decoded.map((message) => message?.label)).toEqual(["pieces", "piece", "piece", "data"]);
    expect(decoded[3]).toMatchObject({ joined: [0, 1, 2, 3], derives: "value", topic: "orders" });
    expect(valueOf(decoded[3])).toMatchObject({ t: "d" });
  });

  it("calls what pieces make no error where it is whole JSON, whatever that says", () => {
    fc.assert(
      fc.property(fc.jsonValue().map((value) => JSON.stringify({ t: "d", d: { b: value } })), fc.nat(), (text, at) => {
        const bytes = bytesOf(text);
        const cut = at % bytes.length;
        const [, , last] = decodeAll([received("2"), ...[bytes.subarray(0, cut), bytes.subarray(cut)].map((piece) => ({ ...received(""), bytes: piece }))], FIREBASE);
        expect(last).toMatchObject({ decoder: "firebase", kind: "event", problem: undefined });
        expect(asDoubles(valueOf(last))).toEqual(JSON.parse(text));
      }),
    );
    expect(decodeAll(["2", "{", "oops"].map(received), FIREBASE)[2]).toMatchObject({ decoder: "firebase", kind: "error" });
  });

  it("takes any messages without a throw, and leaves others to JSON", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.json(), fc.constantFrom("0", "2", "99999", '{"t":"d","d":{}}')), { maxLength: 8 }), (texts) => { decodeAll(texts.map(received), FIREBASE); decodeAll(texts.map(received), UNKNOWN, { pinned: "firebase" }); }));
    expect(told("firebase", [received({ t: "c", d: 1 }), received("3"), { ...received(""), bytes: bytesOf("0") }])).toEqual(["json: event c", "nobody", "nobody"]);
  });
});
