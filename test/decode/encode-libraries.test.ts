import { JsonHubProtocol, MessageType, NullLogger } from "@microsoft/signalr";
import { decode as decodeMessagePack, encode as encodeMessagePack, ExtData } from "@msgpack/msgpack";
import { Parser } from "@stomp/stompjs";
import { decode as decodeCbor, encode as encodeCbor } from "cborg";
import fc from "fast-check";
import { parseMessage } from "graphql-ws";
import { describe, expect, it } from "vitest";
import { Decoder as SocketIoDecoder, Encoder as SocketIoEncoder, PacketType, type Packet } from "socket.io-parser";
import { decodeAgain } from "../../src/decode/connection-decoder.ts";
import type { ConnectionFacts, EncodedMessage, FrameToDecode } from "../../src/decode/decoder.ts";
import { readJson } from "../../src/decode/json/read-json.ts";
import { decoderById } from "../../src/decode/registry.ts";
import { toJson } from "../../src/decode/value-json.ts";
import { bytesOf, received, sent, UNKNOWN } from "./messages.ts";
import { RECORDINGS } from "./recordings.ts";
import { choiceOf, compiled, libraryType, SHOP } from "./protobuf/schemas.ts";

/**
 * What JSON says and every library here gives back as it was: no -0, no key that JavaScript takes for its own, no integer that
 * some give back as a bigint.
 */
const anyValue = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto"), (_key, one: unknown) => (Number.isInteger(one) && !Number.isSafeInteger(one) ? 0.5 : one)) as unknown);

/** Decodes a message, changes its value as one does who edits its text, and answers the messages that say it then. */
function edited(id: string, frame: FrameToDecode, change: (value: unknown) => unknown, connection: ConnectionFacts = UNKNOWN): readonly EncodedMessage[] {
  const decoded = decodeAgain(connection, id, [frame]);
  expect(decoded?.problem).toBeUndefined();
  if (decoded?.value === undefined) throw new Error(`${id} found no value`);
  const { document } = readJson(bytesOf(JSON.stringify(change(JSON.parse(toJson(decoded.value))))));
  const encoded = document && decoderById(id)?.encode?.(document, { frame, connection });
  if (encoded === undefined) throw new Error(`${id} encodes nothing`);
  return encoded;
}

const textOf = ([message]: readonly EncodedMessage[]): string => new TextDecoder().decode(message?.bytes);
const bytesIn = ([message]: readonly EncodedMessage[]): Uint8Array => message?.bytes ?? new Uint8Array(0);
const holds = (check: (value: unknown) => void): void => fc.assert(fc.property(anyValue, check), { numRuns: 60 });

describe("a message that the library wrote, decoded, changed and encoded, is what the library reads as the changed value", () => {
  it("in JSON, GraphQL and JSON-RPC", () => {
    holds((value) => {
      expect(JSON.parse(textOf(edited("json", received('{"type":"tick","px":1}'), (before) => ({ ...(before as object), px: value }))))).toEqual({ type: "tick", px: value });
      const next = edited("graphql-ws", received(JSON.stringify({ id: "1", type: "next", payload: { data: 1 } })), (before) => ({ ...(before as object), payload: { data: value } }));
      expect(parseMessage(textOf(next))).toEqual({ id: "1", type: "next", payload: { data: value } });
      const call = edited("json-rpc", sent({ jsonrpc: "2.0", id: 7, method: "add", params: [1] }), (before) => ({ ...(before as object), params: [value] }));
      expect(JSON.parse(textOf(call))).toEqual({ jsonrpc: "2.0", id: 7, method: "add", params: [value] });
    });
  });

  it("in MessagePack and CBOR", () => {
    const change = (value: unknown) => (before: unknown) => ({ ...(before as object), px: value });
    holds((value) => {
      const tick = { type: "tick", px: 1, raw: Uint8Array.of(1, 2, 255) };
      expect(decodeMessagePack(bytesIn(edited("msgpack", received(encodeMessagePack({ ...tick, own: new ExtData(5, Uint8Array.of(1)) })), change(value))))).toEqual({ ...tick, own: new ExtData(5, Uint8Array.of(1)), px: value });
      expect(decodeCbor(bytesIn(edited("cbor", received(Uint8Array.from(encodeCbor(tick))), change(value))))).toEqual({ ...tick, px: value });
    });
  });

  it("in Protocol Buffers with a schema", async () => {
    const type = libraryType(SHOP, "shop.All");
    const connection = { ...UNKNOWN, schema: choiceOf(await compiled(SHOP), [{ type: "shop.All" }]) };
    const before = { an_int32: -7, a_uint64: "1234567890123", a_string: "tea", some_bytes: Buffer.from([1, 255]), side: "BUY", money: { currency: "EUR", units: "-1250" }, numbers: ["1", "-2"], counts: { a: "3" } };
    const frame = received(Uint8Array.from(type.encode(type.fromObject(before)).finish()));
    const read = (messages: readonly EncodedMessage[]): unknown => type.toObject(type.decode(bytesIn(messages)), { longs: String, enums: String });
    const anyChange = fc.record({ a_string: fc.string({ unit: "grapheme" }), an_int32: fc.integer(), texts: fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1, maxLength: 4 }), a_double: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0.5 }) });
    fc.assert(
      fc.property(anyChange, (change) => {
        const now = { ...before, some_bytes: before.some_bytes, ...change };
        expect(read(edited("protobuf-schema", frame, (value) => ({ ...(value as object), ...change }), connection))).toEqual(read([{ opcode: 2, bytes: Uint8Array.from(type.encode(type.fromObject(now)).finish()) }]));
      }),
      { numRuns: 60 },
    );
  });

  it("in Socket.IO, bytes as attachments", () => {
    const connection = { subprotocol: "", url: "wss://shop.test/socket.io/?EIO=4" };
    const encoder = new SocketIoEncoder();
    const read = (messages: readonly EncodedMessage[]): unknown => {
      const decoder = new SocketIoDecoder();
      let packet: Packet | undefined;
      decoder.on("decoded", (found: Packet) => (packet = found));
      for (const { bytes, opcode } of messages) decoder.add(opcode === 1 ? new TextDecoder().decode(bytes).slice(1) : Buffer.from(bytes));
      return packet && { nsp: packet.nsp, id: packet.id, data: packet.data as unknown };
    };
    holds((value) => {
      const [packet] = encoder.encode({ type: PacketType.EVENT, nsp: "/shop", id: 17, data: ["order", { qty: 1 }] }) as string[];
      const now = { qty: value, blob: { $bytes: Buffer.from([1, 255]).toString("base64"), length: 2 } };
      expect(read(edited("socket.io", sent(`4${packet ?? ""}`), () => now, connection))).toEqual({ nsp: "/shop", id: 17, data: ["order", { qty: value, blob: Buffer.from([1, 255]) }] });
    });
  });

  it("in SignalR and the body of STOMP", () => {
    const protocol = new JsonHubProtocol();
    holds((value) => {
      const written = protocol.writeMessage({ type: MessageType.Invocation, target: "Send", arguments: [1] });
      const invocation = edited("signalr", sent(written), (before) => ({ ...(before as object), arguments: [value] }));
      expect(protocol.parseMessages(textOf(invocation), NullLogger.instance)).toMatchObject([{ type: 1, target: "Send", arguments: [value] }]);
      const frame = edited("stomp", sent('SEND\ndestination:/queue/a\ncontent-type:application/json\ncontent-length:9\n\n{"qty":1}\0'), () => ({ qty: value }));
      const frames: { readonly command: string; readonly binaryBody: Uint8Array }[] = [];
      new Parser((raw) => frames.push(raw as never), () => undefined).parseChunk(Uint8Array.from(bytesIn(frame)).buffer);
      expect(frames.map(({ command }) => command)).toEqual(["SEND"]);
      expect(JSON.parse(new TextDecoder().decode(frames[0]?.binaryBody))).toEqual({ qty: value });
    });
  });

  it("in SignalR MessagePack, of what its library wrote", () => {
    const written = RECORDINGS.filter(({ id }) => id === "signalr-msgpack").flatMap(({ frames }) => frames).filter(({ opcode, direction }) => opcode === 2 && direction === "sent");
    expect(written.length).toBeGreaterThan(4);
    for (const frame of written) expect(messagesIn(bytesIn(edited("signalr-msgpack", frame, (value) => value)))).toEqual(messagesIn(frame.bytes));
    const invocation = written.find(({ bytes }) => Buffer.from(bytes).includes("PlaceOrder")) as FrameToDecode;
    const [[type, headers, id, target]] = messagesIn(invocation.bytes) as [unknown[]];
    holds((value) => {
      const changed = edited("signalr-msgpack", invocation, (before) => [...(before as unknown[]).slice(0, 4), [value, "x".repeat(300)]]);
      expect(messagesIn(bytesIn(changed))).toEqual([[type, headers, id, target, [value, "x".repeat(300)]]]);
    });
  });
});

/** As @microsoft/signalr-protocol-msgpack reads them: each behind its length, seven bits a byte (HubProtocol.md, "MessagePack (MsgPack) Encoding"). */
function messagesIn(bytes: Uint8Array): unknown[] {
  const all: unknown[] = [];
  for (let at = 0; at < bytes.length; ) {
    let length = 0;
    let shift = 0;
    for (; ((bytes[at] as number) & 0x80) !== 0; at++, shift += 7) length |= ((bytes[at] as number) & 0x7f) << shift;
    length |= (bytes[at] as number) << shift;
    all.push(decodeMessagePack(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  return all;
}
