import { afterEach, describe, expect, it, vi } from "vitest";
import type { EngineCalls } from "../../../src/contract/calls.ts";
import type { ConnectionItem, ConnectionList, ConnectionRow, ConnectionsQuery } from "../../../src/contract/connections.ts";
import { byteLength, connectionId, type ConnectionId } from "../../../src/model/units.ts";
import { ConnectionsStore } from "../../../src/panel/state/connections-store.ts";
import { connectEngine, NOTHING } from "./answering-engine.ts";

const row = (id: number): ConnectionRow => ({ id: connectionId(id), root: connectionId(id), times: 1, openedAt: "", url: `wss://h/${id}`, transport: "websocket", subprotocol: "", seenFromStart: true, state: "open", ending: "", frames: 0, bytes: byteLength(0), rate: 0 });

/** An engine that knows connections 1 to 86,000, of one target; the test says which of them it has forgotten. */
function setUp() {
  const gone = new Set<number>();
  const whenGone = vi.fn<() => void>();
  const item = (place: number): ConnectionItem<"connection"> => ({ type: "connection", place, line: 1 + 2 * place, row: row(place + 1) });
  const engine = connectEngine({
    connections: ({ chosen, from, to, watched }: ConnectionsQuery): ConnectionList => ({
      lines: 172_001,
      connections: 86_000,
      items: Array.from({ length: Math.max(0, Math.ceil((Math.min(to, 172_001) - from) / 2)) }, (_, i) => item(Math.floor(from / 2) + i)),
      chosen: chosen === null || gone.has(chosen) ? null : item(chosen - 1),
      watched: watched.filter((id) => !gone.has(id)).map(row),
    }),
    connectionBeside: ({ chosen, by }: Parameters<EngineCalls["connectionBeside"]>[0]) => {
      const id = Math.min(86_000, Math.max(0, (chosen ?? 0) + by));
      return { connection: id === 0 ? null : connectionId(id), line: Math.max(0, 2 * id - 1) };
    },
  });
  const store = new ConnectionsStore(engine.client, whenGone);
  engine.client.listen((changed) => store.changed(changed));
  const asked = () => engine.calls.filter(({ name }) => name === "connections").map(({ argument }) => argument as ConnectionsQuery);
  const until = (holds: () => boolean): Promise<void> => vi.waitFor(() => expect(holds()).toBe(true), { interval: 2 });
  ending.push(() => {
    store.end();
    engine.end();
  });
  return { ...engine, store, gone, whenGone, asked, until, state: () => store.store.getState() };
}

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

describe("the list of connections in the panel", () => {
  it("holds the lines on view and a few around them, of however many there are", async () => {
    const { store, push, until, state, asked } = setUp();
    push({ connections: { all: 86_000, ended: 3 }, connectionsRevision: 1 });
    await until(() => state().list.lines === 172_001);
    expect([state().all, state().ended]).toEqual([86_000, 3]);
    store.show(100_000, 100_040);
    await until(() => state().list.items.some(({ line }) => line > 100_000));
    expect(state().list.items.length).toBeLessThan(60);
    expect(asked().every(({ from, to }) => to - from < 100)).toBe(true);
    const before = asked().length;
    store.show(100_010, 100_050);
    expect(asked()).toHaveLength(before);
  });

  it("is read again only where the engine says that it changed, and a few times a second", async () => {
    const { push, until, state, asked } = setUp();
    push({ connectionsRevision: 1 });
    await until(() => state().list.lines > 0);
    for (let i = 0; i < 20; i++) push({ revision: i, connectionsRevision: 1 });
    push({ connectionsRevision: 2 });
    push({ connectionsRevision: 3 });
    expect(asked()).toHaveLength(1);
    await until(() => asked().length > 1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(asked()).toHaveLength(2);
  });

  it("is asked for again after a clear, though the changes are as many as before", async () => {
    const { push, until, state, asked } = setUp();
    push({ connections: { all: 5, ended: 3 }, connectionsRevision: 1 });
    await until(() => state().list.lines > 0);
    push({ connections: { all: 2, ended: 0 }, connectionsRevision: 1, generation: NOTHING.generation + 1 });
    await until(() => asked().length === 2);
    expect([state().all, state().ended]).toEqual([2, 0]);
  });

  it("walks by the keyboard from the one chosen; steps made while one is looked for add up", async () => {
    const { store, until, calls, state } = setUp();
    let chosen: ConnectionId | null = null;
    const choose = (connection: ConnectionId | null): void => {
      chosen = connection;
      store.choose(connection);
    };
    for (let i = 0; i < 30; i++) void store.step(1, choose);
    await until(() => chosen === 30);
    expect(calls.filter(({ name }) => name === "connectionBeside")).toHaveLength(2);
    expect(state().reveal).toEqual({ line: 59 });
    void store.step(2 ** 32, choose);
    await until(() => chosen === 86_000);
    void store.step(-(2 ** 32), choose);
    await until(() => chosen === null);
  });

  it("says when the one chosen is known no more, and never of another", async () => {
    const { store, gone, until, whenGone, state } = setUp();
    store.choose(connectionId(7));
    await until(() => state().list.chosen?.row.id === 7);
    expect(whenGone).not.toHaveBeenCalled();
    gone.add(7);
    store.changed({ ...NOTHING, connectionsRevision: 2 });
    await until(() => whenGone.mock.calls.length === 1);
  });

  it("keeps what is watched up to date, wherever it stands, for as long as somebody watches", async () => {
    const { store, until, state, asked } = setUp();
    const leave = store.watch(connectionId(80_000));
    const leaveToo = store.watch(connectionId(80_000));
    await until(() => state().watched.get(connectionId(80_000))?.url === "wss://h/80000");
    leave();
    store.show(500, 510);
    await until(() => asked().some(({ from }) => from > 0));
    expect(asked().at(-1)?.watched).toEqual([80_000]);
    leaveToo();
    store.show(900, 910);
    await until(() => asked().at(-1)?.watched.length === 0);
  });

  it("keeps what is watched anew while an answer is on its way that was asked for without it, and asks for that once more", async () => {
    const { store, until, state, asked } = setUp();
    const leave = store.watch(connectionId(80_000));
    await until(() => state().watched.has(connectionId(80_000)));
    leave();
    store.show(500, 510);
    store.watch(connectionId(80_000));
    const seen: boolean[] = [];
    store.store.subscribe(({ watched }) => seen.push(watched.has(connectionId(80_000))));
    await until(() => asked().at(-1)?.watched[0] === 80_000 && seen.length === 2);
    expect([asked().map(({ watched }) => watched.length), seen]).toEqual([[1, 0, 1], [true, true]]);
  });
});
