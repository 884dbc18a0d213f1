import { gzipSync } from "node:zlib";
import { encode } from "@msgpack/msgpack";
import { encode as encodeCbor } from "cborg";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionDecoder, decodeAgain } from "../../src/decode/connection-decoder.ts";
import type { Decoder } from "../../src/decode/decoder.ts";
import { DecodedMessage } from "../../src/decode/decoded-message.ts";
import { connectionFacts, ID_LENGTH, LABEL_LENGTH, SUMMARY_LENGTH, TOPIC_LENGTH, type ConnectionFacts, type Decoded, type FrameToDecode } from "../../src/decode/decoder.ts";
import { readJson } from "../../src/decode/json/read-json.ts";
import { decoderById, DECODERS } from "../../src/decode/registry.ts";
import { RECORD_SEPARATOR } from "../../src/decode/records/record-separator.ts";
import { oneLine } from "../../src/decode/summary.ts";
import { OPCODE_TEXT } from "../../src/model/frame.ts";
import { aConnection, headers } from "../model/a-connection.ts";
import { someOf } from "../some-of.ts";
import { en } from "../words/speakers.ts";
import { plain } from "./plain.ts";
import { RECORDINGS } from "./recordings.ts";
import { bytesOf, decodeAll, fieldsOf, received, sent, UNKNOWN, valueOf } from "./messages.ts";
import { processorTime } from "../processor-time.ts";

const SOCKET_IO: ConnectionFacts = { subprotocol: "", url: "wss://shop.test/socket.io/?EIO=4&transport=websocket" };

/** What was recorded, with bytes that others stand in the place of, that come twice, or that are gone. */
const mutated = fc
  .tuple(fc.constantFrom(...RECORDINGS.flatMap(({ frames }) => frames)), fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.nat(3), fc.uint8Array({ maxLength: 4 })), { minLength: 1, maxLength: 3 }))
  .map(([{ bytes, opcode }, changes]) => {
    let all = [...bytes.subarray(0, 5000)];
    for (const [place, length, times, others] of changes) {
      const from = place % (all.length + 1);
      const part = all.slice(from, from + length);
      all = [...all.slice(0, from), ...others, ...Array.from({ length: times }, () => part).flat(), ...all.slice(from + length)];
    }
    return opcode === OPCODE_TEXT ? new TextDecoder().decode(Uint8Array.from(all)) : Uint8Array.from(all);
  });
/** Anything that a socket may carry, near to what decoders look for. */
const anyData = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.json(),
  fc.uint8Array({ maxLength: 40 }),
  fc.jsonValue().map((value) => encode(value)),
  fc.json().map((text) => `42${text}`),
  fc.array(fc.json(), { maxLength: 4 }).chain((texts) => fc.constantFrom("\n", "\r\n", "\u001e").map((end) => texts.map((text) => text + end).join(""))),
  fc.constantFrom("2", "3", '0{"sid":"x"}', '451-["a",{"_placeholder":true,"num":0}]', '{"type":"connection_ack"}', '{"type":"ping","id":1}'),
  fc.json().map(bytesOf),
  fc.json().map((text) => new Uint8Array(gzipSync(text))),
  fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString("base64")),
  fc.jsonValue().map((value) => JSON.stringify(JSON.stringify(value))),
  fc.jsonValue().map((value) => Uint8Array.from(encodeCbor(value))),
  fc.json().map((text) => `a${JSON.stringify([text, text])}`),
  fc.json().map((text) => `MESSAGE\ndestination:/a\n\n${text}\0\n`),
  fc.json().map((text) => `~m~${text.length}~m~${text}~m~4~m~~h~1`),
  fc.json().map((text) => `{"jsonrpc":"2.0","id":1,"result":${text}}`),
  fc.json().map((text) => `[{"jsonrpc":"2.0","method":"a","params":${text}},{"jsonrpc":"2.0","id":1,"result":${text}}]`),
  fc.constantFrom(...RECORDINGS.flatMap(({ frames }) => frames)).chain(({ bytes, opcode }) => fc.nat(bytes.length).map((length) => (opcode === OPCODE_TEXT ? new TextDecoder().decode(bytes.slice(0, length)) : bytes.slice(0, length)))),
  fc.constantFrom(...RECORDINGS.flatMap(({ frames }) => frames)).map(({ bytes, opcode }) => (opcode === OPCODE_TEXT ? new TextDecoder().decode(bytes) : bytes)),
  mutated,
);
/** What was recorded, with texts in it that are too long for a column: the names and ids among them. */
const longTexts = fc.constantFrom(...RECORDINGS.flatMap(({ frames }) => frames)).map(({ bytes, opcode }) => {
  const text = Buffer.from(bytes).toString("latin1");
  const longer = text.replaceAll(/(["/: \n])([a-z]{3,})/gi, (_all, before: string, name: string) => before + name.repeat(100));
  return opcode === OPCODE_TEXT ? longer : Uint8Array.from(Buffer.from(longer, "latin1"));
});
const anyFrames = fc.array(fc.tuple(fc.boolean(), anyData).map(([isSent, data]) => (isSent ? sent(data) : received(data))), { maxLength: 12 });
const anyFacts = fc.constantFrom(...RECORDINGS.map(({ facts }) => facts), UNKNOWN, SOCKET_IO, { subprotocol: "graphql-ws", url: "" }, { subprotocol: "chat.v1", url: "ws://shop.test/?EIO=3" });
const anyPinned = fc.constantFrom(undefined, ...DECODERS.filter(({ isOutside }: Decoder) => isOutside !== true).map(({ id }) => id));

describe("a connection's decoder", () => {
  it("takes any messages under any choice, and keeps its promises about each", () => {
    fc.assert(
      fc.property(anyFrames, anyFacts, anyPinned, fc.constantFrom(8, 1 << 20), (frames, connection, pinned, maxBytes) => {
        const decoded = decodeAll(frames, connection, { pinned, maxBytes });
        for (const [i, message] of decoded.entries()) {
          if (pinned !== undefined) expect(message?.decoder).toBe(pinned);
          if (message !== undefined) expectPromises(message, frames[i]?.bytes.length ?? 0);
        }
        const again = decodeAll(frames, connection, { pinned, maxBytes });
        expect(again.map(fieldsOf)).toEqual(decoded.map(fieldsOf));
      }),
      { numRuns: someOf(400) },
    );
  });

  it("finds no name that is longer than the table takes, in what is all long names", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), longTexts).map(([isSent, data]) => (isSent ? sent(data) : received(data))), { maxLength: 6 }), anyFacts, anyPinned, (frames, connection, pinned) => {
        for (const [i, message] of decodeAll(frames, connection, { pinned }).entries()) if (message !== undefined) expectPromises(message, frames[i]?.bytes.length ?? 0);
      }),
      { numRuns: someOf(300) },
    );
  });

  it("reads a message as the JSON that it is, where a decoder says that its body is the text", () => {
    fc.assert(
      fc.property(anyFrames, anyFacts, (frames, connection) => {
        for (const [i, message] of decodeAll(frames, connection).entries()) {
          const frame = frames[i] as FrameToDecode;
          const { bodyIsText, readsAsText } = decoderById(message?.decoder ?? "") ?? {};
          if (message === undefined || frame.opcode !== OPCODE_TEXT) continue;
          const whole = { from: 0, to: frame.bytes.length, decoded: message };
          for (const { from, to, decoded } of message.messages.length > 0 ? message.messages : [whole]) {
            // A lone record's end is none of its text.
            const text = frame.bytes.subarray(from, frame.bytes[to - 1] === RECORD_SEPARATOR ? to - 1 : to);
            if (decoded.kind === "error") continue;
            if (bodyIsText === true) expect(plain(decoded.value)).toEqual(plain(readJson(text).document));
            if (readsAsText === true) expect(decoded.summary).toBe(oneLine(new TextDecoder().decode(text)));
          }
        }
      }),
    );
  });

  it("asks the handshake first: a Socket.IO heartbeat is no JSON, and another connection's 2 is nothing", () => {
    expect(decodeAll([received("2")], SOCKET_IO)[0]).toMatchObject({ decoder: "socket.io", label: "ping", kind: "heartbeat" });
    expect(decodeAll([received("2")])[0]).toBeUndefined();
  });

  it("takes each message by its own encoding where a connection mixes them", () => {
    const decoded = decodeAll([received({ type: "a" }), received(encode({ type: "b" })), received("hello"), received(bytesOf('{"type":"c"}')), received(encode({ type: "d" }))]);
    expect(decoded.map((message) => message && `${message.decoder} ${message.label}`)).toEqual(["json a", "msgpack b", undefined, "json c", "msgpack d"]);
  });

  it("keeps to a protocol once a message made sure of it", () => {
    const decoded = decodeAll([received('{"type":"connection_ack"}'), received('{"type":"next","id":"1","payload":{}}')]);
    expect(decoded.map((message) => message?.decoder)).toEqual(["graphql-ws", "graphql-ws"]);
  });

  it("answers every message with the decoder that the user pinned", () => {
    const decoded = decodeAll([received("2"), received({ type: "a" })], SOCKET_IO, { pinned: "json" });
    expect(decoded.map((message) => message?.decoder)).toEqual(["json", "json"]);
  });

  it("decodes one message again, whole, from the messages before it", () => {
    const frames = [received('451-["a",{"_placeholder":true,"num":0}]'), sent("3"), received(new Uint8Array([5, 6]))];
    expect(valueOf(decodeAgain(SOCKET_IO, "socket.io", frames))).toEqual(new Uint8Array([5, 6]));
    const long = received({ type: "a", text: "x".repeat(1000) });
    expect(decodeAll([long], UNKNOWN, { maxBytes: 100 })[0]?.value).toBeUndefined();
    expect(valueOf(decodeAgain(UNKNOWN, "json", [long]))).toEqual({ type: "a", text: "x".repeat(1000) });
    expect(decodeAgain(UNKNOWN, "of a later version", [long])).toBeUndefined();
  });

  it("does not read a payload to its end when that is long", () => {
    const bytes = bytesOf(`{"type":"a","text":"${"x".repeat(50_000_000)}"}`);
    const isShort = (): boolean => {
      const whole = processorTime(() => new TextDecoder().decode(bytes));
      const decoder = new ConnectionDecoder(UNKNOWN);
      return processorTime(() => expect(decoder.decode({ bytes, opcode: 1, direction: "received" })).toMatchObject({ label: "a", isPartial: true })) < whole;
    };
    // What other threads take meanwhile counts too: hardly each time.
    expect(Array.from({ length: 5 }, isShort)).toContain(true);
  });

  it("is told the transport, subprotocol and URL of a connection as the log has it", () => {
    const connection = aConnection({}, { responseHeaders: headers("SEC-WEBSOCKET-PROTOCOL: graphql-ws ") });
    expect(connectionFacts(connection)).toEqual({ transport: "websocket", subprotocol: "graphql-ws", url: "ws://shop.test:8731/feed" });
    expect(connectionFacts(aConnection()).subprotocol).toBe("");
  });
});

function expectPromises(message: Decoded, length: number): void {
  expect(message.label).toMatch(/^[^\p{Cc}]+$/u);
  expect(message.label.length).toBeLessThanOrEqual(LABEL_LENGTH);
  // A decoder that threw.
  expect(message.problem?.said.code).not.toBe("decode.failed");
  // The one class that makes names fit the table.
  expect(message).toBeInstanceOf(DecodedMessage);
  expect((message.topic ?? "").length).toBeLessThanOrEqual(TOPIC_LENGTH);
  for (const id of [message.id, message.answers]) expect((id ?? "").length).toBeLessThanOrEqual(ID_LENGTH);
  expect(message.label).not.toContain("failed");
  const summary = en.tell(message.summary);
  expect(summary).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(summary.length).toBeLessThanOrEqual(SUMMARY_LENGTH);
  expect(message.layers.length).toBeGreaterThan(0);
  for (const { from, to, problem } of message.layers) {
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBeGreaterThanOrEqual(from);
    expect(to).toBeLessThanOrEqual(length);
    if (problem !== undefined) expect(problem.offset).toBeLessThanOrEqual(length);
  }
  if (message.kind === "answer" && message.messages.length === 0) expect(message.answers).toBeDefined();
  expect(message.messages.length).not.toBe(1);
  for (const [i, { from, to, decoded }] of message.messages.entries()) {
    expect(from).toBeGreaterThanOrEqual(message.messages[i - 1]?.to ?? 0);
    expect(to).toBeGreaterThan(from);
    expect(to).toBeLessThanOrEqual(length);
    expect(decoded.decoder).toBe(message.decoder);
    expect(decoded.messages).toEqual([]);
    expectPromises(decoded, length);
  }
}
