import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAll, received, sent, valueOf } from "../messages.ts";
import { RECORDINGS } from "../recordings.ts";
import { connectionTo } from "../told.ts";

const CENTRIFUGO = connectionTo("wss://shop.test/connection/websocket", "centrifuge-protobuf");

describe("Centrifugo in Protocol Buffers", () => {
  it("decodes what is published by its own encoding", () => {
    const recording = RECORDINGS.find(({ id }) => id === "centrifugo-protobuf");
    const messages = decodeAll(recording?.frames ?? [], recording?.facts).flatMap((decoded) => (decoded === undefined || decoded.messages.length === 0 ? [decoded] : decoded.messages.map((message) => message.decoded)));
    const publish = messages.find((message) => message?.label === "publish");
    expect(valueOf(publish)).toEqual({ title: "hi" });
    expect(publish?.layers.map(({ name }) => name)).toEqual(["Centrifugo (protobuf)", "JSON"]);
    expect(valueOf(messages.find((message) => message?.label === "pub"))).toEqual({ title: "hi" });
  });

  it("takes an empty message for the heartbeat that it is", () => {
    expect(decodeAll([received(Uint8Array.of(0)), sent(Uint8Array.of(0))], CENTRIFUGO).map((message) => `${message?.kind} ${message?.label}`)).toEqual(["heartbeat ping", "heartbeat pong"]);
  });

  it("takes any bytes, and what is recorded cut anywhere or changed, without a throw", () => {
    const recorded = RECORDINGS.filter(({ id }) => id === "centrifugo-protobuf").flatMap(({ frames }) => frames);
    const changed = fc.tuple(fc.constantFrom(...recorded), fc.nat(200), fc.nat(255)).map(([{ bytes }, place, byte]) => bytes.map((one, i) => (i === place ? byte : one)).subarray(0, Math.max(1, 200 - place)));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), changed), fc.boolean(), (bytes, isSent) => {
        const frame = (isSent ? sent : received)(bytes);
        expect(decodeAll([frame], CENTRIFUGO)[0]?.label ?? "").not.toMatch(/failed/);
        expect(decodeAll([frame], CENTRIFUGO, { pinned: "centrifugo-protobuf" })[0]).toBeDefined();
      }),
    );
  });
});
