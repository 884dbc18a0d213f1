import { encode } from "@msgpack/msgpack";
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FrameToDecode } from "../../../src/decode/decoder.ts";
import { Pairing } from "../../../src/decode/pairing.ts";
import { connectionId, monotonicSeconds } from "../../../src/model/units.ts";
import { decodeAll, received, sent, valueOf } from "../messages.ts";
import { records, startHub } from "../signalr-hub.ts";

/** What SignalR's own client and a server that speaks its hub protocol said to each other. */
const frames: FrameToDecode[] = [];

beforeAll(async () => {
  const server = await startHub((direction, text) => {
    // The client pings when it likes.
    if (direction === "received" || text !== records({ type: 6 })) frames.push(direction === "sent" ? sent(text) : received(text));
  });
  const hub = new HubConnectionBuilder()
    .withUrl(server.url, { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .configureLogging(LogLevel.None)
    .build();
  await hub.start();
  expect(await hub.invoke("PlaceOrder", { qty: 2 })).toEqual({ ok: true, orderId: "a71f0c9e" });
  await expect(hub.invoke("Fail")).rejects.toThrow("no such order");
  await hub.send("Note", "hello");
  await new Promise<void>((complete, error) => hub.stream("Ticks").subscribe({ next: () => undefined, complete, error }));
  await hub.stop();
  server.close();
});

afterAll(() => frames.splice(0));

describe("SignalR", () => {
  it("tells what its own client and a server say: a message for each record, however many a frame holds", () => {
    const told = decodeAll(frames).map((frame) => {
      expect(frame?.decoder).toBe("signalr");
      expect(frame?.problem).toBeUndefined();
      return frame?.messages.length === 0 ? frame.label : frame?.messages.map(({ decoded }) => decoded.label);
    });
    expect(told.slice(0, 9)).toEqual([
      "handshake",
      "handshake",
      "PlaceOrder",
      ["price", "Completion 0", "Ping"],
      "Fail",
      "Completion 1",
      "Note",
      "Ticks",
      ["StreamItem 2", "StreamItem 2", "Completion 2"],
    ]);
  });

  it("pairs each invocation with its completion, wherever in a frame that stands", () => {
    const pairing = new Pairing();
    const pairs: string[] = [];
    for (const [index, frame] of decodeAll(frames).entries()) {
      const messages = frame === undefined || frame.messages.length === 0 ? [frame] : frame.messages.map(({ decoded }) => decoded);
      for (const [message, decoded] of messages.entries()) {
        if (decoded === undefined) continue;
        const pair = pairing.add({ index, message, connection: connectionId(1), time: monotonicSeconds(index), direction: frames[index]?.direction ?? "sent", decoded });
        if (pair !== undefined) pairs.push(`${pair.answersRow}.${pair.answersMessage} ${index}.${message} ${decoded.kind}`);
      }
    }
    expect(pairs).toEqual(["2.0 3.1 answer", "4.0 5.0 error", "7.0 8.2 answer"]);
  });

  it("is known by a ping or a message that begins with its type, where the handshake was not seen", () => {
    for (const [text, label] of [
      [records({ type: 6 }), "Ping"],
      [records({ type: 1, target: "price", arguments: [] }), "price"],
      [records({ type: 3, invocationId: "7", result: 1 }), "Completion 7"],
      [records({ type: 7, error: "bye" }), "Close"],
    ] as const) {
      expect(decodeAll([received(text)])[0]).toMatchObject({ decoder: "signalr", label });
    }
    for (const text of [records({ type: 8 }), records({ type: 1, name: "x" }), '{"type":6}', records({ kind: 6 })]) {
      expect(decodeAll([received(text)])[0]?.decoder).not.toBe("signalr");
    }
  });

  it("gives each record as it was sent", () => {
    const [frame] = decodeAll([sent(records({ protocol: "json", version: 1 }, { type: 1, target: "Send", invocationId: "3", arguments: [1] }))]);
    expect(frame?.messages.map(({ decoded }) => valueOf(decoded))).toEqual([{ protocol: "json", version: 1 }, { type: 1, target: "Send", invocationId: "3", arguments: [1] }]);
    expect(frame?.messages[1]?.decoded).toMatchObject({ label: "Send", kind: "request", id: "3" });
    expect(frame?.summary).toBe("handshake, Send");
  });

  it("names Blazor's render batches and what its circuits call, in blazorpack", () => {
    const packed = (...message: readonly unknown[]): Uint8Array => {
      const body = encode(message);
      return Uint8Array.from([body.length, ...body]);
    };
    const decoded = decodeAll([
      sent(records({ protocol: "blazorpack", version: 1 })),
      received("{}\u001e"),
      received(packed(1, {}, null, "JS.RenderBatch", [2, Uint8Array.of(0, 0, 0, 1)])),
      sent(packed(1, {}, null, "OnRenderCompleted", [2, null])),
    ]);
    expect(decoded.map((message) => [message?.decoder, message?.label, message?.kind])).toEqual([
      ["signalr-msgpack", "handshake", "control"],
      ["signalr-msgpack", "handshake", "control"],
      ["signalr-msgpack", "JS.RenderBatch", "event"],
      ["signalr-msgpack", "OnRenderCompleted", "event"],
    ]);
  });
});
