import { describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Changed } from "../../../src/contract/changed.ts";
import type { ConnectionRow } from "../../../src/contract/connections.ts";
import type { LiveCallName } from "../../../src/contract/live.ts";
import type { HandshakeView } from "../../../src/contract/inspect.ts";
import type { FrameRow } from "../../../src/contract/rows.ts";
import type { WebSocketConnection } from "../../../src/model/connection.ts";
import { MOST_OUTGOING } from "../../../src/model/outgoing-message.ts";
import { Refusal } from "../../../src/model/refusal.ts";
import { say } from "../../../src/model/said.ts";
import { byteLength, connectionId, frameIndex, monotonicSeconds } from "../../../src/model/units.ts";
import { SendStore } from "../../../src/panel/send/send-store.ts";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { SendingStore } from "../../../src/panel/state/sending-store.ts";
import { connectEngine, NOTHING } from "../state/answering-engine.ts";

const CONNECTION = { id: connectionId(3), url: "ws://127.0.0.1:1/feed", transport: "websocket", state: "open", subprotocol: "", frames: 0, bytes: byteLength(0), rate: 0, ending: "", seenFromStart: true, speaks: "Made up" } as ConnectionRow;
const OTHER = { ...CONNECTION, id: connectionId(4), speaks: "JSON" } as ConnectionRow;
/** A row that is edited as a value. */
const VALUE = 8;
const WISH = { connection: connectionId(3), again: null };

interface Parts {
  readonly refuses?: LiveCallName;
  readonly isMemoryOnly?: boolean;
  /** A row that the log has no more. */
  readonly gone?: number;
  readonly selected?: number;
  /** Messages of a run that the log has, asked for once more each time. */
  readonly reported?: readonly number[];
  /** What the engine has of a connection, asked for once more each time. */
  readonly handshakes?: readonly Partial<WebSocketConnection>[];
}

/** A store over a session whose capture takes all, or refuses one call; rows 4 to 6 are selected. */
async function setup({ refuses, isMemoryOnly = false, gone, selected = 3, reported = [], handshakes = [] }: Parts = {}) {
  const noted: unknown[] = [];
  const reports = [...reported];
  const seen = handshakes.map((one) => ({ transport: "websocket", ...one }));
  const sending = new SendingStore();
  const engine = connectEngine({
    connections: () => ({ lines: 3, connections: 2, items: [CONNECTION, OTHER].map((row, line) => ({ type: "connection", line, place: line, row })), chosen: null, watched: [] }),
    editable: ({ frame }) => (frame === gone ? null : frame === VALUE ? { form: "value", text: "[1]", decoder: { id: "made up", name: "Made up" } } : { form: "text", text: `message ${frame}` }),
    encode: ({ text }) => [{ type: "binary", bytes: new TextEncoder().encode(text) }],
    rows: () => ({ revision: 1, from: 0, rows: [4, 5, 6].map((index) => ({ kind: "message", index: frameIndex(index), message: null }) as FrameRow) }),
    sentByUser: () => null,
    handshake: () => ({ connection: seen.length > 1 ? seen.shift() : seen[0] }) as unknown as HandshakeView,
    sentBefore: ({ of }) => ({
      messages: (typeof of === "number" ? [{ frame: frameIndex(of) }] : of).map(({ frame }) => ({ message: { type: "text", text: `message ${frame}` }, at: monotonicSeconds(frame / 1000), frame: frameIndex(frame) })),
      left: 0,
    }),
    rowCount: () => 7,
    replayReport: () => ({ sent: (reports.length > 1 ? reports.shift() : reports[0]) ?? 3, answered: 0, unanswered: 0, latency: null }),
    noteRun: ({ told }) => {
      noted.push(told);
      return null;
    },
  });
  const calls: (readonly [LiveCallName, unknown])[] = [];
  /** What a page that is busy lets wait. */
  let held = Promise.resolve();
  const stored: Record<string, unknown> = {};
  const changed: Changed = { ...NOTHING, storage: isMemoryOnly ? { state: "memory only" as const, why: "Incognito." } : { state: "saving" as const, savedAt: null } };
  const counts = createStore(() => ({ changed }));
  const session = {
    engine: engine.client,
    capture: {
      live: (name: LiveCallName, argument: unknown) => {
        calls.push([name, argument]);
        return name === "connect" ? Promise.resolve({ connection: CONNECTION.id }) : name === refuses ? Promise.reject(new Refusal(say("live.ended"))) : name === "send" || name === "sendSeveral" ? held.then(() => null) : Promise.resolve(null);
      },
    },
    counts,
    scope: { store: createStore(() => ({ connection: null })) },
    selection: { store: createStore(() => ({ connection: null, ranges: [{ from: 0, to: selected }] })) },
    sending,
    exports: {},
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
    session,
    sending,
    /** The engine has more of the connections. */
    tellChanged: (part: Partial<Changed> = {}) => counts.setState({ changed: { ...changed, connectionsRevision: changed.connectionsRevision + 1, ...part } }),
    /** What the capture was told of runs. */
    noted,
    /** The page takes no message until what this answers is called. */
    hold: (): (() => void) => {
      let letGo = (): void => {};
      held = new Promise((resolve) => (letGo = resolve));
      return letGo;
    },
    sent: () =>
      calls.flatMap(([name, argument]) => {
        const { message, messages = [] } = argument as { readonly message?: { readonly text: string }; readonly messages?: readonly { readonly message: { readonly text: string } }[] };
        return name === "send" || name === "sendSeveral" ? [...(message === undefined ? [] : [message.text]), ...messages.map((one) => one.message.text)] : [];
      }),
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

  const ASKED = { place: null, url: "ws://a/", subprotocols: [], headers: [{ name: "Cookie", value: "sid=mine" }, { name: "X-Own", value: "1" }] };
  const request = { requestHeaders: [{ name: "Cookie", value: "sid=chrome" }, { name: "X-Own", value: "1" }], responseHeaders: [] };

  it("tells of a connection of the user’s own, once its handshake is over, which headers Chrome sent otherwise", async () => {
    const { store, tellChanged, end } = await setup({ handshakes: [{ state: "connecting", handshake: { requestHeaders: [], responseHeaders: [] } }, { state: "open", openedAt: monotonicSeconds(1), handshake: request }] });
    await store.connect(ASKED);
    tellChanged();
    await vi.waitFor(() => expect(store.store.getState().outcome).toEqual({ type: "connected", failed: null, headers: { changed: ["Cookie"], missing: [], untold: [] } }));
    end();
  });

  it("tells why a connection of the user’s own did not open", async () => {
    const { store, end } = await setup({ handshakes: [{ state: "failed", ending: "refused", handshake: { ...request, status: 403 } }] });
    await store.connect(ASKED);
    await vi.waitFor(() => expect(store.store.getState().outcome).toMatchObject({ type: "connected", failed: "refused" }));
    end();
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

  it("sends nothing while a file is read, and the file after that", async () => {
    const { store, sent, calls, end } = await setup();
    store.write({ form: "text", text: "typed before" });
    let read = (_bytes: ArrayBuffer): void => {};
    const taken = store.takeFile({ name: "a.bin", size: 2, arrayBuffer: () => new Promise((resolve) => (read = resolve)) });
    expect(store.store.getState().file).toEqual({ state: "reading", name: "a.bin" });
    await store.send(false);
    await store.send(true);
    await store.receive();
    expect([sent(), calls.some(([name]) => name === "receive")]).toEqual([[], false]);
    read(Uint8Array.of(1, 2).buffer);
    await taken;
    expect(store.store.getState()).toMatchObject({ file: null, draft: { form: "file", name: "a.bin" } });
    await store.send(true);
    expect(calls.at(-1)).toEqual(["send", { connection: 3, message: { type: "binary", bytes: Uint8Array.of(1, 2) }, madeFrom: null }]);
    end();
  });

  it("leaves what is chosen while a file is read, and the later of two files", async () => {
    const { store, end } = await setup();
    const reads: ((bytes: ArrayBuffer) => void)[] = [];
    const take = (name: string): Promise<void> => store.takeFile({ name, size: 1, arrayBuffer: () => new Promise((resolve) => void reads.push(resolve)) });
    const first = take("first");
    const second = take("second");
    reads[1]?.(new ArrayBuffer(1));
    reads[0]?.(new ArrayBuffer(1));
    await Promise.all([first, second]);
    expect(store.store.getState().draft).toMatchObject({ name: "second" });
    const third = take("third");
    store.replace({ form: "text", text: "a template" });
    reads[2]?.(new ArrayBuffer(1));
    await third;
    expect(store.store.getState()).toMatchObject({ draft: { form: "text", text: "a template" }, file: null });
    end();
  });

  it("says that a file cannot be read, or is too long, keeps what was typed, and sends that", async () => {
    const { store, sent, end } = await setup();
    store.write({ form: "text", text: "typed before" });
    await store.takeFile({ name: "gone.bin", size: 1, arrayBuffer: () => Promise.reject(new DOMException("The file could not be found.", "NotFoundError")) });
    expect(store.store.getState()).toMatchObject({ draft: { text: "typed before" }, file: { state: "refused", why: say("live.file-unread", { name: "gone.bin" }) } });
    await store.takeFile({ name: "long.bin", size: MOST_OUTGOING + 1, arrayBuffer: () => Promise.reject(new Error("It is not read.")) });
    expect(store.store.getState().file).toEqual({ state: "refused", why: say("live.too-long", { most: MOST_OUTGOING }) });
    await store.send(false);
    expect(sent()).toEqual(["typed before"]);
    expect(store.store.getState().file).toBeNull();
    end();
  });

  it("sends nothing while it is not certain which socket it is", async () => {
    const { store, sent, end } = await setup({ refuses: "reach" });
    store.write({ form: "text", text: "hello" });
    await store.send(false);
    expect(sent()).toEqual([]);
    end();
  });

  it("makes a transcript of selected messages, in order, and sends none of them by itself", async () => {
    const { store, sent, calls, noted, end } = await setup();
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    const { transcript } = store;
    expect(transcript.store.getState()).toMatchObject({ transcript: { messages: [{ text: "message 4", at: 0 }, { text: "message 5", at: 1 }, { text: "message 6", at: 2 }] }, sources: [4, 5, 6] });
    expect(sent()).toEqual([]);
    transcript.setOptions({ pace: null });
    transcript.choose(1);
    transcript.write("{{counter}} edited");
    await transcript.run(connectionId(3));
    expect(sent()).toEqual(["message 4", "2 edited", "message 6"]);
    expect(calls.at(-1)).toMatchObject(["sendSeveral", { connection: 3, messages: [{ madeFrom: 4 }, { madeFrom: 5 }, { madeFrom: 6 }] }]);
    expect(transcript.store.getState()).toMatchObject({ progress: null, result: { end: { type: "all sent" }, sent: 3 } });
    expect(noted).toEqual([say("join.sentences", { first: say("replay.all-sent", { n: 3 }), next: say("replay.no-answers") })]);
    end();
  });

  it("a run keeps its connection from the moment at which it was asked for, and gives it back at its end", async () => {
    const { store, calls, sent, end } = await setup({ reported: [1, 2] });
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    store.transcript.setOptions({ pace: null });
    const running = store.transcript.run(connectionId(3));
    store.choose(connectionId(9));
    await running;
    const names = calls.map(([name, argument]) => `${name} ${(argument as { readonly connection: number }).connection}`).filter((one) => /^(?:send|letGo)/.test(one));
    expect(sent()).toHaveLength(3);
    expect(names).toEqual(["sendSeveral 3", "letGo 3"]);
    end();
  });

  it("reports a run at once where the log was cleared meanwhile, and says of no message that it was made from a row that is another's now", async () => {
    const { store, sending, hold, sent, calls, noted, tellChanged, end } = await setup({ reported: [1, 2] });
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    store.transcript.setOptions({ pace: 10 });
    const letGo = hold();
    const running = store.transcript.run(connectionId(3));
    await vi.waitFor(() => expect(sent()).toHaveLength(1));
    await sending.beforeClear?.();
    tellChanged({ generation: 2 });
    letGo();
    await running;
    expect(calls.flatMap(([name, argument]) => (name === "sendSeveral" ? (argument as { readonly messages: readonly { readonly madeFrom: number | null }[] }).messages.map(({ madeFrom }) => madeFrom) : []))).toEqual([4, null, null]);
    expect(noted).toHaveLength(1);
    // Of a run that was reported nothing more is asked for.
    expect(sending.beforeClear).toBeNull();
    end();
  });

  it("says where a value is to go out on a connection that speaks another protocol than it is made for", async () => {
    const { store, end } = await setup({ selected: 1 });
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(VALUE), message: null } as FrameRow });
    expect(store.otherProtocol).toBeUndefined();
    store.choose(OTHER.id);
    expect(store.otherProtocol).toBe("JSON");
    store.write({ form: "text", text: "[1]" });
    expect(store.otherProtocol).toBeUndefined();
    end();
  });

  it("keeps a draft as it would go out once the log is cleared that it was read out of", async () => {
    const { store, calls, tellChanged, end } = await setup({ selected: 1 });
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(VALUE), message: null } as FrameRow });
    await vi.waitFor(() => expect(store.store.getState()).toMatchObject({ draft: { form: "value" }, source: { place: { frame: VALUE } }, encoded: [{}] }));
    tellChanged({ generation: 2 });
    expect(store.store.getState()).toMatchObject({ draft: { form: "base64", text: btoa("[\n  1\n]") }, source: null });
    await store.send(true);
    expect(calls.at(-1)).toMatchObject(["send", { madeFrom: null }]);
    end();
  });

  it("says that a message to be sent again is not in the log any more", async () => {
    const { store, end } = await setup({ gone: 4, selected: 1 });
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    expect(store.store.getState()).toMatchObject({ draft: { text: "" }, outcome: { type: "refused", why: say("live.left-out", { n: 1 }) } });
    end();
  });

  it("has a transcript of all that a connection sent, also of one that has ended", async () => {
    const { store, end } = await setup();
    await store.take({ ...WISH, connection: connectionId(9), isWhole: true });
    expect(store.store.getState().connection).toBe(3);
    expect(store.transcript.store.getState()).toMatchObject({ transcript: { messages: [{ text: "message 9" }] } });
    end();
  });

  it("runs nothing that it cannot fill in, and takes a file whole or not at all", async () => {
    const { store: { transcript }, sent, end } = await setup();
    const file = (text: string): { readonly text: () => Promise<string> } => ({ text: () => Promise.resolve(text) });
    await transcript.load(file('{"format":"framescope-transcript","version":1,"messages":[{"template":"{{me}}"}]}'));
    expect(transcript.store.getState().problem).not.toBeNull();
    await transcript.run(connectionId(3));
    expect(sent()).toEqual([]);
    transcript.setVariables([{ name: "me", value: "x", isSecret: true }]);
    await transcript.load(file("{}"));
    expect(transcript.store.getState()).toMatchObject({ refusal: { code: "replay.file-other" }, problem: null, transcript: { messages: [{ text: "{{me}}" }] } });
    await transcript.run(connectionId(3));
    expect(sent()).toEqual(["x"]);
    end();
  });

  it("stops where the user says so, however long the page takes the message that is under way", async () => {
    const { store, sent, hold, end } = await setup();
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    const letGo = hold();
    const running = store.transcript.run(connectionId(3));
    await vi.waitFor(() => expect(sent()).toHaveLength(1));
    store.transcript.stop();
    letGo();
    await running;
    expect(sent()).toEqual(["message 4"]);
    expect(store.transcript.store.getState()).toMatchObject({ progress: null, result: { end: { type: "stopped" }, sent: 1 } });
    end();
  });

  it("goes on with a run while the drawer is closed, is found again, and gives the socket back once it has ended", async () => {
    const { store, sent, hold, session, sending, calls, end } = await setup();
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    store.transcript.setOptions({ pace: 10 });
    const letGo = hold();
    const running = store.transcript.run(connectionId(3));
    await vi.waitFor(() => expect(sent()).toHaveLength(1));
    end();
    expect(calls.filter(([name]) => name === "letGo")).toEqual([]);
    expect(sending.store.getState().run).toEqual({ sent: 0, all: 3 });
    // Another is not begun in its place.
    await store.transcript.take(connectionId(9));
    expect(store.transcript.store.getState()).toMatchObject({ transcript: { messages: [{ text: "message 4" }, {}, {}] }, refusal: say("replay.runs") });
    letGo();
    await running;
    expect(sent()).toEqual(["message 4", "message 5", "message 6"]);
    expect(calls.at(-1)).toEqual(["letGo", { connection: 3 }]);
    expect(sending.store.getState().run).toBeNull();
    expect(new SendStore(session).transcript.store.getState()).toMatchObject({ connection: 3, result: { end: { type: "all sent" }, sent: 3 } });
  });

  it("has values of secret variables masked in exports from the moment that they are sent", async () => {
    const { store, session, end } = await setup();
    await store.take({ ...WISH, again: { kind: "message", index: frameIndex(4), message: null } as FrameRow });
    store.transcript.setVariables([{ name: "a", value: "short", isSecret: true }, { name: "b", value: "open", isSecret: false }, { name: "c", value: "the longest", isSecret: true }]);
    expect(session.exports.hidden).toBeUndefined();
    await store.transcript.run(connectionId(3));
    expect(session.exports.hidden).toEqual(["the longest", "short"]);
    end();
  });
});
