import { describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { ConnectionRow } from "../../../src/contract/connections.ts";
import type { LiveCallName } from "../../../src/contract/live.ts";
import type { FrameRow } from "../../../src/contract/rows.ts";
import { Refusal } from "../../../src/model/refusal.ts";
import { say } from "../../../src/model/said.ts";
import { byteLength, connectionId, frameIndex, monotonicSeconds } from "../../../src/model/units.ts";
import { SendStore } from "../../../src/panel/send/send-store.ts";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { connectEngine, NOTHING } from "../state/answering-engine.ts";

const CONNECTION = { id: connectionId(3), url: "ws://127.0.0.1:1/feed", transport: "websocket", state: "open", subprotocol: "", frames: 0, bytes: byteLength(0), rate: 0, ending: "", seenFromStart: true } as ConnectionRow;
const WISH = { connection: connectionId(3), again: null, connect: null };

interface Parts {
  readonly refuses?: LiveCallName;
  readonly isMemoryOnly?: boolean;
  /** A row that the log has no more. */
  readonly gone?: number;
}

/** A store over a session whose capture takes all, or refuses one call; rows 4 to 6 are selected. */
async function setup({ refuses, isMemoryOnly = false, gone }: Parts = {}) {
  const engine = connectEngine({
    connections: () => ({ lines: 2, connections: 1, items: [{ type: "connection", line: 0, place: 0, row: CONNECTION }], chosen: null, watched: [] }),
    editable: ({ frame }) => (frame === gone ? null : { form: "text", text: `message ${frame}` }),
    outgoing: ({ frame }) => (frame === gone ? null : { message: { type: "text", text: `message ${frame}` }, at: monotonicSeconds(frame / 1000) }),
    rows: () => ({ revision: 1, from: 0, rows: [4, 5, 6].map((index) => ({ kind: "message", index: frameIndex(index), message: null }) as FrameRow) }),
    sentByUser: () => null,
  });
  const calls: (readonly [LiveCallName, unknown])[] = [];
  /** What a page that is busy lets wait. */
  let held = Promise.resolve();
  const stored: Record<string, unknown> = {};
  const changed = { ...NOTHING, storage: isMemoryOnly ? { state: "memory only" as const, why: "Incognito." } : { state: "saving" as const, savedAt: null } };
  const session = {
    engine: engine.client,
    capture: {
      live: (name: LiveCallName, argument: unknown) => {
        calls.push([name, argument]);
        return name === refuses ? Promise.reject(new Refusal(say("live.ended"))) : name === "send" ? held.then(() => null) : Promise.resolve(null);
      },
    },
    counts: createStore(() => ({ changed })),
    scope: { store: createStore(() => ({ connection: null })) },
    selection: { store: createStore(() => ({ connection: null, ranges: [{ from: 0, to: 3 }] })) },
    area: { get: () => Promise.resolve({}), set: (items: object) => Promise.resolve(void Object.assign(stored, items)), onChanged: { addListener: () => {}, removeListener: () => {} } },
  } as unknown as PanelSession;
  engine.client.listen(() => {});
  const store = new SendStore(session);
  const end = store.begin();
  await store.take(WISH);
  await Promise.resolve();
  return {
    store,
    stored,
    calls,
    /** The page takes no message until what this answers is called. */
    hold: (): ((refusal?: Refusal) => void) => {
      let letGo: (refusal?: Refusal) => void = () => {};
      held = new Promise((resolve, reject) => (letGo = (refusal) => (refusal === undefined ? resolve() : reject(refusal))));
      return letGo;
    },
    sent: () => calls.flatMap(([name, argument]) => (name === "send" ? [(argument as { readonly message: { readonly text: string } }).message.text] : [])),
    end: () => {
      end();
      engine.end();
    },
  };
}

describe("what the drawer holds", () => {
  it("reaches the connection that it is opened for, sends nothing by itself, and gives the socket back when it is closed", async () => {
    const { store, calls, end } = await setup();
    expect(store.store.getState()).toMatchObject({ connection: 3, reach: { state: "reached" } });
    expect(calls).toEqual([["reach", { connection: 3, mayStandStill: false }]]);
    end();
    expect(calls.at(-1)).toEqual(["letGo", { connection: 3 }]);
  });

  it("sends what is written when it is told to, and remembers it", async () => {
    const { store, calls, stored, end } = await setup();
    store.write({ form: "text", text: "hello" });
    await store.send(false);
    expect(calls.at(-1)).toEqual(["send", { connection: 3, message: { type: "text", text: "hello" }, madeFrom: null }]);
    expect(stored).toEqual({ messages: { history: [{ form: "text", text: "hello" }], templates: [] } });
    end();
  });

  it("remembers nothing of a capture that stays in memory", async () => {
    const { store, stored, end } = await setup({ isMemoryOnly: true });
    store.write({ form: "text", text: "hello" });
    await store.send(false);
    expect(stored).toEqual({});
    end();
  });

  it("says why a message was not sent, and keeps what was written", async () => {
    const { store, stored, end } = await setup({ refuses: "send" });
    store.write({ form: "text", text: "hello" });
    await store.send(false);
    expect(store.store.getState()).toMatchObject({ draft: { text: "hello" }, outcome: { type: "refused", why: say("live.not-sent", { why: say("live.ended") }) } });
    expect(stored).toEqual({});
    end();
  });

  it("sends nothing while it is not certain which socket it is", async () => {
    const { store, sent, end } = await setup({ refuses: "reach" });
    store.write({ form: "text", text: "hello" });
    await store.send(false);
    await store.sendAll(false);
    expect(sent()).toEqual([]);
    end();
  });

  it("offers selected messages one after the other, or sends all as they were, in order", async () => {
    const { store, sent, end } = await setup();
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    expect(store.store.getState()).toMatchObject({ draft: { text: "message 4" }, waiting: [{ frame: 5 }, { frame: 6 }] });
    await store.send(false);
    expect(store.store.getState()).toMatchObject({ draft: { text: "message 5" }, waiting: [{ frame: 6 }] });
    await store.sendAll(true);
    expect(sent()).toEqual(["message 4", "message 5", "message 6"]);
    expect(store.store.getState()).toMatchObject({ outcome: { type: "sent all", n: 2, leftOut: 0 }, waiting: [], run: null });
    end();
  });

  it("says how many of the selected messages the log has no more, and sends the others", async () => {
    const { store, sent, end } = await setup({ gone: 5 });
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    await store.sendAll(false);
    expect(sent()).toEqual(["message 4", "message 6"]);
    expect(store.store.getState()).toMatchObject({ outcome: { type: "sent all", n: 2, leftOut: 1 }, waiting: [], run: null });
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    await store.send(false);
    expect(store.store.getState()).toMatchObject({ draft: { text: "message 6" }, waiting: [], outcome: { type: "refused", why: say("live.left-out", { n: 1 }) } });
    end();
  });

  it("stops where the user says so, or the drawer is closed", async () => {
    const { store, sent, end } = await setup();
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    const sending = store.sendAll(true);
    store.stopSending();
    await sending;
    expect(sent()).toEqual([]);
    end();
  });

  it("sends nothing more once it is stopped, however long the page takes the message that is under way, nor twice when it begins again", async () => {
    const { store, sent, hold, end } = await setup();
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    const letGo = hold();
    const first = store.sendAll(false);
    await vi.waitFor(() => expect(sent()).toHaveLength(1));
    store.stopSending();
    expect(store.store.getState().run).toBeNull();
    const again = store.sendAll(false);
    letGo();
    await Promise.all([first, again]);
    expect(sent()).toEqual(["message 4", "message 4", "message 5", "message 6"]);
    expect(store.store.getState()).toMatchObject({ outcome: { type: "sent all", n: 3 }, run: null });
    end();
  });

  it("tells nothing of what was stopped in the place of what runs now", async () => {
    const { store, sent, hold, end } = await setup();
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    const refuse = hold();
    const first = store.sendAll(false);
    await vi.waitFor(() => expect(sent()).toHaveLength(1));
    store.stopSending();
    const letGo = hold();
    const again = store.sendAll(false);
    await vi.waitFor(() => expect(sent()).toHaveLength(2));
    refuse(new Refusal(say("live.ended")));
    await first;
    expect(store.store.getState()).toMatchObject({ outcome: null, run: { sent: 0 } });
    letGo();
    await again;
    expect(store.store.getState()).toMatchObject({ outcome: { type: "sent all", n: 3 }, run: null });
    end();
  });
});
