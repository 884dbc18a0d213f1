import { afterEach, expect, it } from "vitest";
import type { PairDetails } from "../../src/contract/inspect.ts";
import { frameIndex } from "../../src/model/units.ts";
import { records } from "../decode/signalr-hub.ts";
import { opened, setupEngine, type Message } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

/** What the inspector says of the answers of each message; they come a second apart. */
async function pairsOf(messages: readonly Message[]): Promise<(PairDetails["stream"] | undefined)[]> {
  const { take, call, until, end: endEngine } = setupEngine();
  end = endEngine;
  take([...opened(1), ...messages]);
  await until(({ decoded }) => decoded === messages.length + 1);
  const all: (PairDetails["stream"] | undefined)[] = [];
  for (const place of messages.keys()) {
    const frame = await call("inspect", { frame: frameIndex(place + 1), columns: 80 });
    all.push(frame?.pair?.stream);
  }
  return all;
}

const sent = (payload: string): Message => ({ payload, direction: "sent" });
const received = (payload: string): Message => ({ payload });
const next = (id: string): Message => received(`{"id":"${id}","type":"next","payload":{"data":{"px":1}}}`);
const subscribe = (id: string): Message => sent(`{"id":"${id}","type":"subscribe","payload":{"query":"subscription Prices { px }"}}`);

it("a request that is answered over and over says how often, for how long, and whether that has ended", async () => {
  const [, , first, second, firstAnswer, ...rest] = await pairsOf([
    sent('{"type":"connection_init"}'), received('{"type":"connection_ack"}'),
    subscribe("1"), subscribe("2"), next("1"), next("2"), next("1"), next("1"), received('{"id":"1","type":"complete"}'), next("2"),
  ]);
  expect(first).toEqual({ count: 3, first: 2000, took: 6000, hasEnded: true });
  expect(second).toEqual({ count: 2, first: 2000, took: 6000, hasEnded: false });
  expect(firstAnswer).toEqual(first);
  // Later ones are no pair's.
  expect(rest[1]).toBeUndefined();
});

it("ends where the page ends it or asks again by the same id, and one answer is no stream", async () => {
  const [, , first, again, alone] = await pairsOf([
    sent('{"type":"connection_init"}'), received('{"type":"connection_ack"}'),
    subscribe("1"), subscribe("3"), subscribe("2"), next("1"), next("1"), next("2"), next("3"), next("3"), sent('{"id":"1","type":"complete"}'), next("1"), subscribe("3"), next("3"),
  ]);
  expect(first).toEqual({ count: 2, first: 3000, took: 4000, hasEnded: true });
  expect(again).toEqual({ count: 2, first: 5000, took: 6000, hasEnded: true });
  expect(alone).toBeNull();
});

it("is over with the last value where that says so itself", async () => {
  const payload = (stream: number, type: number, flags: number, text: string): string => `\0\0\0${String.fromCharCode(stream, (type << 2) | (flags >> 8), flags & 0xff)}${text}`;
  const packet = (direction: "sent" | "received", ...parts: Parameters<typeof payload>): Message => ({ payload: payload(...parts), direction, opcode: 2 });
  const [, ended, open] = await pairsOf([
    packet("sent", 0, 1, 0, "\0\u0001\0\0\0\0\u004e\u0020\0\0\u0075\u0030\u0001a\u0001b"),
    packet("sent", 1, 6, 0, "\0\0\0\t{}"), packet("sent", 3, 6, 0, "\0\0\0\t{}"),
    packet("received", 1, 10, 0x20, "{}"), packet("received", 1, 10, 0x20, "{}"), packet("received", 3, 10, 0x20, "{}"), packet("received", 3, 10, 0x20, "{}"), packet("received", 1, 10, 0x60, "{}"),
  ]);
  expect(ended).toEqual({ count: 3, first: 2000, took: 6000, hasEnded: true });
  expect(open).toEqual({ count: 2, first: 3000, took: 4000, hasEnded: false });
});

it("is that of a hub's stream in frames of several messages, and of no feed whose messages have an id of their own", async () => {
  const [, , hub] = await pairsOf([
    sent(records({ protocol: "json", version: 1 })), received(records({})),
    sent(records({ type: 4, invocationId: "7", target: "Prices", arguments: [] })),
    received(records({ type: 2, invocationId: "7", item: 1 }, { type: 2, invocationId: "7", item: 2 })),
    received(records({ type: 2, invocationId: "7", item: 3 }, { type: 3, invocationId: "7" })),
  ]);
  expect(hub).toEqual({ count: 3, first: 1000, took: 2000, hasEnded: true });
  end();
  const [asked] = await pairsOf([sent('{"type":"order","id":7}'), received('{"type":"ack","id":7}'), received('{"type":"trade","id":7}'), received('{"type":"trade","id":7}')]);
  expect(asked).toBeNull();
});
