import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { decoderById } from "../../../src/decode/registry.ts";
import { findStompFrame } from "../../../src/decode/stomp/read-frame.ts";
import type { ValueDocument } from "../../../src/model/value-document.ts";
import { bytesOf, decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const frame = (command: string, headers: Readonly<Record<string, string>>, body = ""): string => `${command}\n${Object.entries(headers).map(([name, value]) => `${name}:${value}\n`).join("")}\n${body}\0`;
const STOMP = connectionTo("wss://shop.test/ws", "v12.stomp");

describe("STOMP", () => {
  it("pairs what asks for a receipt, and has the destination as its topic", () => {
    expect(
      told("stomp", [
        sent(frame("CONNECT", { "accept-version": "1.2", host: "/" })),
        received(frame("CONNECTED", { version: "1.2" })),
        sent(frame("SUBSCRIBE", { id: "0", destination: "/topic/orders" })),
        sent(frame("SEND", { destination: "/app/orders", receipt: "r1", "content-type": "application/json" }, '{"type":"order"}')),
        received(frame("RECEIPT", { "receipt-id": "r1" })),
        received(frame("MESSAGE", { subscription: "0", "message-id": "1", destination: "/topic/orders" }, '{"type":"placed"}')),
        received("\n"),
        sent(frame("UNSUBSCRIBE", { id: "0" })),
        received(frame("ERROR", { message: "no", "receipt-id": "r2" }, "broken")),
      ]),
    ).toEqual([
      "request CONNECT #CONNECT",
      "answer CONNECTED ←CONNECT",
      "control SUBSCRIBE @/topic/orders",
      "request SEND #r1 @/app/orders",
      "answer RECEIPT ←r1",
      "event MESSAGE @/topic/orders",
      "heartbeat heart-beat",
      "control UNSUBSCRIBE @/topic/orders",
      "error ERROR ←r2",
    ]);
  });

  it("is the same cut anywhere, and with several frames in one message", () => {
    const whole = frame("CONNECTED", { version: "1.2" }) + frame("MESSAGE", { destination: "/a\\cb", "content-length": "7" }, '{"a":0}') + frame("MESSAGE", { destination: "/東" }, "text");
    const bytes = bytesOf(whole);
    expect(told("stomp", [received(whole)], STOMP)).toEqual(["answer CONNECTED ←CONNECT", "event MESSAGE @/a:b", "event MESSAGE @/東"]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const frames = places.slice(1).map((to, i) => ({ ...received(""), bytes: bytes.slice(places[i], to) }));
        expect(told("stomp", frames, STOMP).filter((text) => text !== "event part" && !text.startsWith("heartbeat"))).toEqual(["answer CONNECTED ←CONNECT", "event MESSAGE @/a:b", "event MESSAGE @/東"]);
      }),
    );
  });

  it("reads a body to its length, a NUL within it too", () => {
    const [message] = decodeAll([received(frame("MESSAGE", { destination: "/a", "content-length": "3" }, "a\0b"))]);
    expect(valueOf(message)).toBe("a\0b");
  });

  it("ends a body whose length is wrong with its first NUL, in however many messages it comes", () => {
    const wrong = bytesOf("SEND\ncontent-length:3\n\na\0bcd\0");
    const whole = findStompFrame(wrong, 0);
    expect(whole).toMatchObject({ end: wrong.indexOf(0) });
    for (let cut = wrong.indexOf(0); cut < wrong.length - 2; cut++) {
      const begun = findStompFrame(wrong.subarray(0, cut), 0);
      expect(typeof begun === "function" && begun(wrong, 0), String(cut)).toEqual(whole);
    }
  });

  it("encodes a changed body, with the rest as it was", () => {
    const like = sent(frame("SEND", { destination: "/app/orders", "content-length": "9" }, '{"qty":1}'));
    const value = readJson(bytesOf('{"qty":2,"px":0.10000000000000000001}')).document as ValueDocument;
    const [message] = decoderById("stomp")?.encode?.(value, { frame: like, connection: STOMP }) ?? [];
    expect(new TextDecoder().decode(message?.bytes)).toBe(frame("SEND", { destination: "/app/orders", "content-length": "37" }, '{"qty":2,"px":0.10000000000000000001}'));
  });

  it("takes any bytes without a throw, and leaves other texts alone", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom("SEND\n", "a:b\n", "\n", "\0", "content-length:99999999\n\n")), { maxLength: 8 }), (parts) => { decodeAll(parts.map(received), UNKNOWN, { pinned: "stomp" }); decodeAll([received(parts.join(""))], STOMP); }));
    expect(told("stomp", [received("SEND\nhelp"), received("MESSAGE"), received("ERROR: no")])).toEqual(["nobody", "nobody", "nobody"]);
  });
});
