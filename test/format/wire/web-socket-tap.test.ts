import { describe, expect, it } from "vitest";
import type { ImportedConnection, ImportSink } from "../../../src/format/import-format.ts";
import { HeldBytes } from "../../../src/format/wire/held-bytes.ts";
import { WebSocketTap } from "../../../src/format/wire/web-socket-tap.ts";
import type { Told } from "../../../src/model/said.ts";
import { en } from "../../words/speakers.ts";

const REQUEST = "GET /feed HTTP/1.1\r\nHost: shop.test\r\nUpgrade: websocket\r\n\r\n";
const ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

function setup() {
  const told: string[] = [];
  const messages: string[] = [];
  const known: ImportedConnection[] = [];
  const sink: ImportSink = {
    rows: 0,
    answer: () => {},
    open: () => 1,
    describe: (_, what) => void known.push(what),
    add: ({ isReceived, payload }) => void messages.push(`${isReceived ? "received" : "sent"} ${Buffer.from(payload).toString()}`),
    retime: () => {},
    problem: (_, what: Told) => void told.push(en.tell(what)),
    progress: () => {},
  };
  const tap = new WebSocketTap({ sink, held: new HeldBytes(), place: () => "here", isSecure: false, addressOf: () => "shop.test" });
  return { tap, told, messages, known, client: (bytes: string | Uint8Array) => tap.push(0, Buffer.from(bytes), 1), server: (bytes: string | Uint8Array) => tap.push(1, Buffer.from(bytes), 2) };
}

const frame = (text: string): Uint8Array => Buffer.concat([Uint8Array.of(0x81, text.length), Buffer.from(text)]);

describe("what a client sends before it is answered", () => {
  it("is read once the answer is there", () => {
    const { client, server, messages, told } = setup();
    client(REQUEST);
    client(frame("early"));
    server(Buffer.concat([Buffer.from(ACCEPTED), frame("hello")]));
    expect([messages, told]).toEqual([["sent early", "received hello"], []]);
  });

  it("is kept up to a bound; past it that direction is given up, and it is told once", () => {
    const { client, server, messages, told } = setup();
    client(REQUEST);
    for (let i = 0; i < 12; i++) client(new Uint8Array(1 << 20));
    expect(told).toEqual(["Over 8.4 MB were sent to ws://shop.test/feed before it answered. What is sent is not read."]);
    server(ACCEPTED);
    client(frame("late"));
    server(frame("hello"));
    expect(messages).toEqual(["received hello"]);
    expect(told).toHaveLength(1);
  });

  it("is nothing where it was refused, before and after", () => {
    const { client, server, messages, told, known } = setup();
    client(REQUEST);
    client(frame("early"));
    server("HTTP/1.1 403 Forbidden\r\n\r\n");
    for (let i = 0; i < 12; i++) client(new Uint8Array(1 << 20));
    expect([messages, told]).toEqual([[], []]);
    expect(known.at(-1)).toMatchObject({ status: 403, failed: { hasRow: false } });
  });
});
