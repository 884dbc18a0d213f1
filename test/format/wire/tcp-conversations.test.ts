import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportSink } from "../../../src/format/import-format.ts";
import { HeldBytes } from "../../../src/format/wire/held-bytes.ts";
import { TcpConversations } from "../../../src/format/wire/tcp-conversations.ts";
import type { Told } from "../../../src/model/said.ts";
import { en } from "../../words/speakers.ts";

const REQUEST = Buffer.from("GET /feed HTTP/1.1\r\nHost: shop.test\r\nUpgrade: websocket\r\n\r\n");
const ACCEPTED = Buffer.from("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");

function setup(bounds: { readonly most?: number; readonly held?: HeldBytes } = {}) {
  const told: string[] = [];
  const messages: string[] = [];
  let opened = 0;
  const sink: ImportSink = {
    rows: 0,
    answer: () => {},
    open: () => ++opened,
    describe: () => {},
    add: ({ connection, payload, unreported }) => void messages.push(`${connection} ${unreported === true ? "?" : Buffer.from(payload).toString()}`),
    retime: () => {},
    problem: (_, what: Told) => void told.push(en.tell(what)),
    progress: () => {},
  };
  const conversations = new TcpConversations(sink, () => "here", bounds);
  const next = new Map<string, number>();
  /** The next bytes of one side of a connection; `skip`: bytes that are not in the file before them. */
  const send = (client: number, byClient: boolean, bytes: Uint8Array, skip = 0): void => {
    const [source, target] = byClient ? [`10.0.0.1:${client}`, "10.0.0.2:80"] : ["10.0.0.2:80", `10.0.0.1:${client}`];
    const sequence = (next.get(source + target) ?? 1000) + skip;
    next.set(source + target, sequence + bytes.length);
    conversations.push({ source, target, sequence, isSyn: false, isAck: true, isEnd: false, isReset: false, payload: bytes, missing: 0 }, 1);
  };
  const open = (client: number): void => {
    send(client, true, REQUEST);
    send(client, false, ACCEPTED);
  };
  return { conversations, send, open, told, messages };
}

const frame = (text: string): Uint8Array => Buffer.concat([Uint8Array.of(0x81, text.length), Buffer.from(text)]);
/** The head of a message of so many bytes. */
const headOf = (length: number): Uint8Array => {
  const head = Buffer.alloc(10);
  head[0] = 0x82;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
};

describe("many connections at once", () => {
  it("are listened to up to a bound: those that were silent longest are given up, which is told once", () => {
    const { send, open, told, messages } = setup({ most: 3 });
    for (let client = 1; client <= 8; client++) open(client);
    for (let client = 1; client <= 8; client++) send(client, false, frame(`to ${client}`));
    // Three for good, and of the others those that speak.
    expect(messages.slice(0, 3)).toEqual(["1 to 1", "2 to 2", "3 to 3"]);
    expect(told).toEqual(["Over 3 connections at once: those that were silent longest are not read further."]);
  });

  it("of which none is a WebSocket that goes on make room without a word", () => {
    const { send, told, open, messages } = setup({ most: 3 });
    for (let client = 1; client < 100; client++) send(client, true, Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    open(100);
    send(100, false, frame("here"));
    expect([messages, told]).toEqual([["1 here"], []]);
  });

  it("hold back so much in all, whatever it waits for", () => {
    const answer = setup({ held: new HeldBytes(1 << 20) });
    for (let client = 1; client <= 20; client++) {
      answer.send(client, true, REQUEST);
      answer.send(client, true, new Uint8Array(100_000));
    }
    expect(answer.told).toHaveLength(10);
    expect(new Set(answer.told)).toEqual(new Set(["Over 1.0 MB were sent to ws://shop.test/feed before it answered. What is sent is not read."]));

    const message = setup({ held: new HeldBytes(1 << 20) });
    for (let client = 1; client <= 20; client++) {
      message.open(client);
      message.send(client, false, Buffer.concat([headOf(100_001), new Uint8Array(100_000)]));
    }
    for (let client = 1; client <= 20; client++) message.send(client, false, Uint8Array.of(1));
    expect(message.messages.filter((row) => row.endsWith("?"))).toHaveLength(10);
    expect(new Set(message.told)).toEqual(new Set(["Over 1.0 MB wait for what is not read yet. This is left out."]));

    const segments = setup({ held: new HeldBytes(1 << 20) });
    for (let client = 1; client <= 20; client++) {
      segments.open(client);
      segments.send(client, false, new Uint8Array(100_000), 7);
    }
    expect(segments.told).toHaveLength(10);
    expect(segments.told[0]).toMatch(/^7 B .*not in the file/);
  });

  it("hold back nothing once no more comes, whatever came", () => {
    const bytes = fc.oneof(fc.constantFrom(REQUEST, ACCEPTED, frame("x"), headOf(3000), Buffer.from("GET /"), Buffer.from("HTTP/1.1 403 No\r\n\r\n"), Buffer.from("HTTP/1.1 1"), new Uint8Array(500)), fc.uint8Array({ maxLength: 50 }));
    const segment = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean(), bytes, fc.constantFrom(0, 0, 0, 5, -3));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 40 }), fc.constantFrom(600, 3000, 1 << 20), (segments, most) => {
        const held = new HeldBytes(most);
        const { conversations, send } = setup({ most: 3, held });
        for (const [client, byClient, piece, skip] of segments) send(client, byClient, piece, skip);
        conversations.end();
        held.add(most);
        expect(held.isFull).toBe(false);
        held.add(1);
        expect(held.isFull).toBe(true);
      }),
    );
  });
});

it("segments that come in the opposite order are put in order in a time that grows as their number", () => {
  const took = (segments: number): number => {
    const { send, open, messages, conversations } = setup();
    open(1);
    const began = performance.now();
    send(1, false, new Uint8Array(0), 300_000);
    for (let i = 0; i < segments; i++) send(1, false, Uint8Array.of(0), -2);
    conversations.end();
    const milliseconds = performance.now() - began;
    expect(messages).toEqual([]);
    return milliseconds;
  };
  // So many wait at once, and no more; and a busy machine makes some of them late, hardly all.
  const [few, many] = [1000, 8000];
  let [leastOfFew, leastOfMany] = [Infinity, Infinity];
  for (let round = 0; round < 12; round++) {
    leastOfFew = Math.min(leastOfFew, took(few));
    leastOfMany = Math.min(leastOfMany, took(many));
  }
  // Were each looked for among all, eight times as many would take 64 times as long.
  expect(leastOfMany / leastOfFew).toBeLessThan(32);
});
