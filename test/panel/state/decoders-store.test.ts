import { expect, test } from "vitest";
import type { ConnectionRow } from "../../../src/contract/connections.ts";
import { byteLength, connectionId } from "../../../src/model/units.ts";
import { DecodersStore } from "../../../src/panel/state/decoders-store.ts";
import type { StorageArea } from "../../../src/panel/state/kept-store.ts";
import { connectEngine, settle } from "./answering-engine.ts";
import { memoryArea } from "./memory-area.ts";

const row = (id: number, url: string): ConnectionRow => ({ id: connectionId(id), root: connectionId(id), times: 1, openedAt: "", url, transport: "websocket", subprotocol: "", seenFromStart: true, state: "open", ending: "", frames: 0, bytes: byteLength(0), rate: 0 });

/** A panel of its own, over the same storage. */
async function open(area: StorageArea, refuses = false) {
  const engine = connectEngine({
    decoders: () => [{ id: "json", name: "JSON" }],
    rememberDecoders: () => null,
    readBySchema: () => null,
    pairBy: () => null,
    ...(!refuses && { decodeAs: () => null }),
  });
  engine.client.listen(() => undefined);
  const decoders = new DecodersStore(engine.client, area);
  await decoders.begin();
  await settle();
  return { decoders, remembered: () => engine.calls.filter(({ name }) => name === "rememberDecoders").map(({ argument }) => argument), end: engine.end };
}

test("what the user chose for an address is told to the engines of later captures, the latest last, without its query", async () => {
  const area = memoryArea();
  const first = await open(area);
  expect([first.remembered(), first.decoders.store.getState().list]).toEqual([[], [{ id: "json", name: "JSON" }]]);
  await first.decoders.choose(row(1, "ws://a.test/x?token=1"), "json");
  await first.decoders.choose(row(2, "ws://b.test/"), "msgpack");
  await first.decoders.choose(row(3, ""), "msgpack");
  first.end();
  const later = await open(area);
  expect(later.remembered()).toEqual([[{ url: "ws://a.test/x", decoder: "json" }, { url: "ws://b.test/", decoder: "msgpack" }]]);
  await later.decoders.choose(row(1, "ws://a.test/x?token=2"), null);
  later.decoders.engineReplaced();
  await settle();
  expect(later.remembered().at(-1)).toEqual([{ url: "ws://b.test/", decoder: "msgpack" }]);
  later.end();
});

test("a schema is remembered with its address, beside a decoder that is chosen after it, until it is taken away", async () => {
  const area = memoryArea();
  const first = await open(area);
  const choice = { files: ["shop.proto"], schema: "{}", rules: [{ type: "shop.Order" }], framing: "message" } as const;
  const schema = JSON.stringify(choice);
  const chosen = row(1, "ws://a.test/x?token=1");
  await first.decoders.choose(chosen, "json");
  await first.decoders.readBySchema(chosen, choice);
  await settle();
  expect(first.remembered().at(-1)).toEqual([{ url: "ws://a.test/x", decoder: null, schema }]);
  await first.decoders.choose(chosen, "json");
  first.end();
  const later = await open(area);
  expect(later.remembered()).toEqual([[{ url: "ws://a.test/x", decoder: "json", schema }]]);
  await later.decoders.choose(chosen, null);
  await settle();
  expect(later.remembered().at(-1)).toEqual([{ url: "ws://a.test/x", decoder: null, schema }]);
  await later.decoders.readBySchema(chosen, null);
  await settle();
  expect(later.remembered().at(-1)).toEqual([]);
  later.end();
});

test("the paths that pair a connection's messages are remembered with its address, beside a decoder and a schema, until they are taken away", async () => {
  const area = memoryArea();
  const first = await open(area);
  const pairs = { asks: "sent", request: ".nonce", answer: ".for" } as const;
  const chosen = row(1, "ws://a.test/x?token=1");
  await first.decoders.pairBy(chosen, pairs);
  await settle();
  expect(first.remembered().at(-1)).toEqual([{ url: "ws://a.test/x", decoder: null, pairs }]);
  await first.decoders.choose(chosen, "json");
  await first.decoders.readBySchema(chosen, null);
  first.end();
  const later = await open(area);
  expect(later.remembered()).toEqual([[{ url: "ws://a.test/x", decoder: null, pairs }]]);
  await later.decoders.choose(chosen, "json");
  await later.decoders.pairBy(chosen, null);
  await settle();
  expect(later.remembered().at(-1)).toEqual([{ url: "ws://a.test/x", decoder: "json" }]);
  later.end();
});

test("a choice that the engine refuses is not remembered", async () => {
  const area = memoryArea();
  const { decoders, end } = await open(area, true);
  await expect(decoders.choose(row(1, "ws://a.test/"), "json")).rejects.toThrow();
  expect(area.stored).toEqual({});
  end();
});

test("what is stored and not valid is left out, whatever it is", async () => {
  for (const stored of [null, 7, { chosen: 7 }, { chosen: [null, { url: 1, decoder: "json" }, { url: "ws://a.test/" }, { url: "ws://a.test/", decoder: null }, { url: "ws://a.test/", decoder: null, schema: "{" }, { url: "ws://a.test/", decoder: null, pairs: { asks: "both", request: ".a", answer: ".b" } }] }]) {
    const { remembered, end } = await open(memoryArea({ decoders: stored }));
    expect(remembered()).toEqual([]);
    end();
  }
});
