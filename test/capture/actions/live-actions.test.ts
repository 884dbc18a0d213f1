import { describe, expect, it } from "vitest";
import { originOf } from "../../../src/model/frame.ts";
import type { Refusal } from "../../../src/model/refusal.ts";
import { connectionId, frameIndex } from "../../../src/model/units.ts";
import { settle, setUpCapture } from "../set-up-capture.ts";

interface PageParts {
  /** What stands in the place of the prototype's `send`, as V8 describes it. */
  readonly send?: { readonly objectId: string; readonly description: string };
  /** What each function and proxy holds, by its handle. */
  readonly holds?: Readonly<Record<string, object>>;
  /** The state that the socket is in when it is sent on. */
  readonly state?: number;
  readonly throws?: string;
  /** Gathers what ends each wait that is bounded. */
  readonly bounds?: (() => void)[];
  /** Of several messages, how many it takes before it ends. */
  readonly takes?: number;
}

const native = (name: string, objectId: string) => ({ objectId, description: `function ${name}() { [native code] }` });

/** A page with one socket, which Chrome told of, and which says what `speak` says. */
async function setup({ send = native("send", "native send"), holds = {}, state = 1, throws, takes = Infinity, bounds = [] }: PageParts = {}) {
  const set = setUpCapture({ later: (callback, milliseconds) => void (milliseconds < 1000 ? setTimeout(callback, 0) : bounds.push(callback)), readDevToolsLog: async () => ({ entries: [] }) });
  const { api, capture, emit } = set;
  const notes: unknown[] = [];
  const sent: { readonly objectId: string; readonly data: unknown }[] = [];
  let data = "";
  api.answers.set("Runtime.evaluate", () => ({ result: { objectId: "notes" } }));
  api.answers.set("Debugger.setBreakpointOnFunctionCall", () => ({ breakpointId: "1" }));
  api.answers.set("Runtime.getProperties", (_, params) => {
    const { objectId } = params as { readonly objectId: string };
    if (objectId in holds) return holds[objectId];
    if (objectId.startsWith("socket")) return { result: [], internalProperties: [{ name: "[[Prototype]]", value: { objectId: "prototype", description: "WebSocket" } }] };
    if (objectId !== "prototype") return { result: [] };
    const getter = (name: string) => ({ name, get: native(`get ${name}`, name) });
    return { result: [getter("readyState"), getter("url"), getter("protocol"), { name: "send", value: send }, { name: "close", value: native("close", "native close") }] };
  });
  api.answers.set("Runtime.callFunctionOn", (_, params) => {
    const { objectId, functionDeclaration, arguments: values = [] } = params as { readonly objectId: string; readonly functionDeclaration: string; readonly arguments?: readonly { readonly value?: unknown; readonly objectId?: string }[] };
    if (functionDeclaration.includes("this.take()")) return { result: { value: notes.splice(0) } };
    if (functionDeclaration.includes("this.socketOf")) return { result: { objectId: `socket ${String(values[0]?.value)}` } };
    if (functionDeclaration.endsWith(".text")) return { result: { objectId: "held" } };
    if (functionDeclaration.endsWith(".addText")) data += String(values[0]?.value);
    if (functionDeclaration.endsWith(".sendEach")) {
      const texts = ((values[2]?.value ?? []) as readonly string[]).slice(0, takes);
      for (const text of texts) {
        sent.push({ objectId, data: text });
        emit("Network.webSocketFrameSent", { requestId: "9", timestamp: 1002, response: { opcode: 1, mask: true, payloadData: text } });
      }
      return { result: { value: texts.length } };
    }
    if (functionDeclaration.endsWith(".send")) {
      if (throws !== undefined) return { exceptionDetails: { exception: { description: `${throws}\n    at …` } } };
      if (state === 1) {
        sent.push({ objectId, data });
        emit("Network.webSocketFrameSent", { requestId: "9", timestamp: 1002, response: { opcode: 1, mask: true, payloadData: data } });
      }
      data = "";
      return { result: { value: state } };
    }
    return { result: {} };
  });
  await capture.start();
  await settle(3);
  emit("Network.webSocketCreated", { requestId: "9", url: "ws://page.test/feed" });
  emit("Network.webSocketWillSendHandshakeRequest", { requestId: "9", timestamp: 1000, wallTime: 1_800_000_000, request: { headers: {} } });
  const receive = async (payloadData: string, socket = 1): Promise<void> => {
    notes.push([socket, ["ws://page.test/feed", "", ""], `received text ${payloadData.length} ${payloadData} ${payloadData}`, 0]);
    emit("Network.webSocketFrameReceived", { requestId: "9", timestamp: 1001, response: { opcode: 1, mask: false, payloadData } });
    await settle(5);
  };
  const reached = async (): Promise<void> => {
    const reaching = capture.live.reach(connectionId(1), false);
    await Promise.all([reaching, settle(3).then(() => receive("one"))]);
  };
  return { ...set, receive, reached, sent, emit };
}

const codeOf = (refusal: unknown): unknown => ((refusal as Refusal).told as { readonly code?: unknown }).code;
const refusalOf = async (doing: Promise<unknown>): Promise<unknown> => codeOf(await doing.then(() => expect.unreachable(), (problem: unknown) => problem));
const HELLO = { type: "text", text: "hello" } as const;

describe("a message that the user sends", () => {
  it("goes through the very socket that was heard to say what Chrome tells of the connection, and its row is the user’s", async () => {
    const { reached, capture, sent, batches, eventsOf } = await setup();
    await reached();
    await capture.live.send(connectionId(1), HELLO, frameIndex(4));
    await settle(2);
    expect(sent).toEqual([{ objectId: "socket 1", data: "hello" }]);
    const origins = batches.flatMap(({ bits, count }) => [...bits.subarray(0, count)].map(originOf));
    expect(origins).toEqual(["page", "user"]);
    expect(eventsOf("made-from")).toEqual([{ type: "made-from", connection: 1, row: 4 }]);
  });

  it("is not sent before that is certain", async () => {
    const { capture, sent } = await setup();
    const reaching = capture.live.reach(connectionId(1), false);
    await settle(3);
    expect(await refusalOf(capture.live.send(connectionId(1), HELLO, null))).toBe("live.not-reached");
    expect(sent).toEqual([]);
    capture.live.letGo(connectionId(1));
    expect(await refusalOf(reaching)).toBe("live.cancelled");
  });

  it("waits for a socket whose page or worker cannot answer yet, and says what is true where that never does, or too much passes", async () => {
    const later = await setup();
    later.api.failures.set("Runtime.evaluate", "Cannot find default execution context");
    const reaching = later.capture.live.reach(connectionId(1), false);
    await settle(3);
    later.api.failures.delete("Runtime.evaluate");
    for (const data of ["nobody notes this", "this is noted"]) await later.receive(data);
    await reaching;

    const never = await setup();
    never.api.failures.set("Runtime.evaluate", "Cannot find default execution context");
    const unheard = refusalOf(never.capture.live.reach(connectionId(1), false));
    await settle(3);
    for (const data of ["two", "three", "four"]) await never.receive(data);
    expect(await unheard).toBe("live.not-listened-to");

    const replaced = await setup();
    replaced.api.answers.set("Debugger.setBreakpointOnFunctionCall", () => ({}));
    expect(await refusalOf(replaced.capture.live.reach(connectionId(1), false))).toBe("live.not-listened-to");

    const busy = await setup();
    const drowned = refusalOf(busy.capture.live.reach(connectionId(1), false));
    await settle(3);
    for (let i = 0; i <= 2000; i++) busy.emit("Network.webSocketFrameReceived", { requestId: "8", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: "of another" } });
    expect(await drowned).toBe("live.too-busy");
  });

  it("uses Chrome’s own `send` where the page put another in its place, and says where there is none", async () => {
    const wrapped = { objectId: "proxy", description: "Proxy(Function)" };
    const proxy = await setup({ send: wrapped, holds: { proxy: { result: [], internalProperties: [{ name: "[[Target]]", value: native("send", "native send") }] } } });
    await proxy.reached();
    await proxy.capture.live.send(connectionId(1), HELLO, null);
    const call = proxy.api.commands.findLast(({ params }) => (params as { readonly functionDeclaration?: string }).functionDeclaration?.endsWith(".send"));
    expect(call?.params).toMatchObject({ arguments: [{ objectId: "readyState" }, { objectId: "native send" }, { objectId: "held" }] });

    const closure = await setup({
      send: { objectId: "wrapper", description: "function (data) { return native.call(this, data); }" },
      holds: {
        wrapper: { result: [], internalProperties: [{ name: "[[Scopes]]", value: { objectId: "scopes" } }] },
        scopes: { result: [{ name: "0", value: { objectId: "scope", description: "Closure" } }] },
        scope: { result: [{ name: "native", value: native("send", "native send") }] },
      },
    });
    await closure.reached();

    const gone = await setup({ send: { objectId: "other", description: "function send() { return 'native code'; }" } });
    const reaching = refusalOf(gone.reached());
    expect(await reaching).toBe("live.replaced");
  });

  it("is refused where the socket has ended meanwhile, and no later message of the page is taken for it", async () => {
    const { reached, capture, emit, batches } = await setup({ state: 3 });
    await reached();
    expect(await refusalOf(capture.live.send(connectionId(1), HELLO, null))).toBe("live.ended");
    emit("Network.webSocketFrameSent", { requestId: "9", timestamp: 1003, response: { opcode: 1, mask: true, payloadData: "hello" } });
    await settle(2);
    expect(batches.flatMap(({ bits, count }) => [...bits.subarray(0, count)].map(originOf))).toEqual(["page", "page"]);
  });

  it("is refused as over where the socket ended while recording was paused, which the log does not know yet", async () => {
    const { capture, emit, eventsOf } = await setup();
    capture.pause();
    emit("Network.webSocketClosed", { requestId: "9", timestamp: 1002 });
    await settle(2);
    expect(eventsOf("closed")).toEqual([]);
    for (const mayStandStill of [false, true]) expect(await refusalOf(capture.live.reach(connectionId(1), mayStandStill))).toBe("live.ended");
  });

  it("is refused with what the socket threw", async () => {
    const { reached, capture } = await setup({ throws: "TypeError: Illegal invocation" });
    await reached();
    expect(await refusalOf(capture.live.send(connectionId(1), HELLO, null))).toBe("live.thrown");
  });

  it("goes with others in one command, in order, each row the user’s and made from its own", async () => {
    const { reached, capture, sent, batches, eventsOf, api } = await setup();
    await reached();
    const texts = Array.from({ length: 300 }, (_, i) => `${i} ${"x".repeat(2000)}\ud800`);
    await capture.live.sendSeveral(connectionId(1), texts.map((text, i) => ({ message: { type: "text", text }, madeFrom: frameIndex(i) })));
    await settle(2);
    expect(sent.map(({ data }) => data)).toEqual(texts.map((text) => text.toWellFormed()));
    expect(api.commands.filter(({ params }) => (params as { readonly functionDeclaration?: string }).functionDeclaration?.endsWith(".sendEach"))).toHaveLength(3);
    expect(batches.flatMap(({ bits, count }) => [...bits.subarray(0, count)].map(originOf))).toEqual(["page", ...texts.map(() => "user")]);
    expect(eventsOf("made-from")).toEqual(texts.map((_, row) => ({ type: "made-from", connection: 1, row })));
  });

  it("of several that a socket took only a part of says so, and no later message of the page is taken for the rest", async () => {
    const { reached, capture, emit, batches } = await setup({ takes: 1 });
    await reached();
    expect(await refusalOf(capture.live.sendSeveral(connectionId(1), ["a", "b"].map((text) => ({ message: { type: "text", text }, madeFrom: null }))))).toBe("live.ended");
    emit("Network.webSocketFrameSent", { requestId: "9", timestamp: 1003, response: { opcode: 1, mask: true, payloadData: "b" } });
    await settle(2);
    expect(batches.flatMap(({ bits, count }) => [...bits.subarray(0, count)].map(originOf))).toEqual(["page", "user", "page"]);
  });

  it("is text without half surrogate pairs, as WebSocket sends it", async () => {
    const { reached, capture, sent } = await setup();
    await reached();
    await capture.live.send(connectionId(1), { type: "text", text: "a\ud800b" }, null);
    expect(sent[0]?.data).toBe("a\ufffdb");
  });

  it("that is too long, and a close that no page may ask for, are refused before Chrome is asked", async () => {
    const { reached, capture } = await setup();
    await reached();
    expect(await refusalOf(capture.live.send(connectionId(1), { type: "binary", bytes: new Uint8Array(100 * 2 ** 20 + 1) }, null))).toBe("live.too-long");
    for (const code of [999, 1001, 1006, 2999, 5000]) expect(await refusalOf(capture.live.close(connectionId(1), { code, reason: "" }))).toBe("live.close-code");
    expect(await refusalOf(capture.live.close(connectionId(1), { code: 1000, reason: "é".repeat(62) }))).toBe("live.close-reason");
  });

  it("goes nowhere once the connection has ended", async () => {
    const { reached, capture, emit } = await setup();
    await reached();
    emit("Network.webSocketClosed", { requestId: "9", timestamp: 1002 });
    expect(await refusalOf(capture.live.send(connectionId(1), HELLO, null))).toBe("live.ended");
  });
});

describe("an end that the user asks for", () => {
  it("is told as that once Chrome tells of it, and one that was refused is not", async () => {
    for (const isRefused of [false, true]) {
      const { api, reached, capture, emit, eventsOf } = await setup();
      await reached();
      if (isRefused) api.answers.set("Runtime.callFunctionOn", () => ({ result: { value: 2 } }));
      const closing = capture.live.close(connectionId(1), { code: 4001, reason: "a\ud800" });
      if (isRefused) expect(await refusalOf(closing)).toBe("live.ended");
      else await closing;
      emit("Network.webSocketClosed", { requestId: "9", timestamp: 1002 });
      await settle(2);
      expect(eventsOf("closed")).toEqual([{ type: "closed", connection: 1, time: 1002, ...(!isRefused && { asked: { code: 4001, reason: "a\ufffd" } }) }]);
    }
  });
});

describe("a connection that the user opens", () => {
  const WANTED = { place: null, url: "ws://page.test/own", subprotocols: ["a\"b"], headers: [] };

  async function opening(readyState: number, made: (script: string) => unknown, bounds: (() => void)[] = []) {
    const set = await setup({ bounds });
    const { api } = set;
    const answerCall = api.answers.get("Runtime.callFunctionOn");
    api.answers.set("Page.getFrameTree", () => ({ frameTree: { frame: { id: "main frame", loaderId: "first", url: "http://page.test/" } } }));
    api.answers.set("Page.createIsolatedWorld", () => ({ executionContextId: 7 }));
    api.answers.set("Runtime.evaluate", (_, params) => made(/sourceURL=(\S+)/.exec((params as { readonly expression: string }).expression)?.[1] ?? ""));
    api.answers.set("Runtime.callFunctionOn", (source, params) =>
      (params as { readonly functionDeclaration: string }).functionDeclaration.includes("this.readyState") ? { result: { value: readyState } } : answerCall?.(source, params),
    );
    return set;
  }

  it("is made in a world of its own, known by the script that made it, and stands with the user’s", async () => {
    const set = await opening(0, (script) => {
      set.emit("Network.webSocketCreated", { requestId: "own", url: WANTED.url, initiator: { stack: { callFrames: [{ functionName: "", url: script, lineNumber: 0, columnNumber: 0 }] } } });
      return { result: { objectId: "socket own" } };
    });
    const connection = await set.capture.live.connect(WANTED);
    await settle(2);
    const created = set.eventsOf("created").at(-1);
    expect(created).toEqual({ type: "created", connection, targetKey: "user", url: WANTED.url, seenFromStart: true });
    expect(set.eventsOf("target").at(-1)?.target).toEqual({ key: "user", type: "user", url: "" });
    const evaluated = set.api.commands.findLast(({ method }) => method === "Runtime.evaluate")?.params;
    expect(evaluated).toMatchObject({ contextId: 7, expression: expect.stringMatching(/^new WebSocket\("ws:\/\/page\.test\/own", \["a\\"b"\]\)\n\/\/# sourceURL=framescope-connect-drawn2\.js\n$/) as string });
    await set.capture.live.reach(connection, false);
  });

  it("is reached once messages can go out on it, not while it is being opened", async () => {
    const set = await opening(0, (script) => {
      set.emit("Network.webSocketCreated", { requestId: "own", url: WANTED.url, initiator: { stack: { callFrames: [{ functionName: "", url: script, lineNumber: 0, columnNumber: 0 }] } } });
      return { result: { objectId: "socket own" } };
    });
    const connection = await set.capture.live.connect(WANTED);
    const answer = set.api.answers.get("Runtime.callFunctionOn");
    let asked = 0;
    set.api.answers.set("Runtime.callFunctionOn", (source, params) => ((params as { readonly functionDeclaration: string }).functionDeclaration.endsWith(".state") ? { result: { value: asked++ < 3 ? 0 : 1 } } : answer?.(source, params)));
    await set.capture.live.reach(connection, false);
    expect(asked).toBe(4);
  });

  it("is not a socket of the page’s whose script has the name that the next one could have", async () => {
    const guesses = [1, 2, 3].map((made) => `framescope-connect-${made}.js`);
    const set = await opening(0, (script) => {
      for (const url of [...guesses, script]) set.emit("Network.webSocketCreated", { requestId: url, url: `ws://page.test/${url}`, initiator: { stack: { callFrames: [{ functionName: "", url, lineNumber: 0, columnNumber: 0 }] } } });
      return { result: { objectId: "socket own" } };
    });
    const [first, second] = [await set.capture.live.connect(WANTED), await set.capture.live.connect(WANTED)];
    await settle(2);
    const own = set.eventsOf("created").filter(({ targetKey }) => targetKey === "user");
    expect(own.map(({ connection }) => connection)).toEqual([first, second]);
    expect(new Set(own.map(({ url }) => url)).size).toBe(2);
  });

  it("is closed where Chrome does not tell of it in time, also if it is opened after that", async () => {
    const bounds: (() => void)[] = [];
    const set = await opening(0, () => ({ result: { objectId: "socket own" } }), bounds);
    const refused = refusalOf(set.capture.live.connect(WANTED));
    await settle(2);
    for (const end of bounds) end();
    expect(await refused).toBe("live.no-answer");
    await settle(2);
    const toSocket = set.api.commands.filter(({ params }) => (params as { readonly objectId?: string }).objectId === "socket own");
    expect(toSocket.at(-2)?.params).toMatchObject({ arguments: [{ objectId: "readyState" }, { objectId: "native close" }, {}, { value: "" }], functionDeclaration: expect.stringMatching(/\.close$/) as string });
    expect(toSocket.at(-1)?.method).toBe("Runtime.releaseObject");

    let answer: (made: unknown) => void = () => {};
    const late = await opening(0, () => new Promise((resolve) => (answer = resolve)), bounds);
    const alsoRefused = refusalOf(late.capture.live.connect(WANTED));
    await settle(2);
    for (const end of bounds) end();
    expect(await alsoRefused).toBe("live.no-answer");
    answer({ result: { objectId: "socket own" } });
    await settle(2);
    expect(late.api.commands.at(-2)?.params).toMatchObject({ functionDeclaration: expect.stringMatching(/\.close$/) as string });
  });

  it("is made in the frame that was chosen, and in none where that is gone", async () => {
    const set = await opening(0, (script) => {
      set.emit("Network.webSocketCreated", { requestId: "own", url: WANTED.url, initiator: { stack: { callFrames: [{ functionName: "", url: script, lineNumber: 0, columnNumber: 0 }] } } });
      return { result: { objectId: "socket own" } };
    });
    set.api.answers.set("Page.getFrameTree", () => ({
      frameTree: { frame: { id: "main", url: "http://page.test/", securityOrigin: "http://page.test" }, childFrames: [{ frame: { id: "inner", parentId: "main", url: "http://other.page.test/", securityOrigin: "http://other.page.test" } }] },
    }));
    set.emit("Target.attachedToTarget", { sessionId: "s1", targetInfo: { targetId: "t1", type: "worker", url: "http://page.test/worker.js" }, waitingForDebugger: true });
    const { places, chosen } = await set.capture.live.openingPlaces({ targetKey: `page:${set.eventsOf("target").length === 0 ? "" : "http://page.test"}`, origin: "http://other.page.test" });
    expect(places.map(({ type, url }) => `${type} ${url}`)).toEqual(["page http://page.test/", "frame http://other.page.test/", "worker http://page.test/worker.js"]);
    expect(places[chosen]).toMatchObject({ frame: "inner" });
    await set.capture.live.connect({ ...WANTED, place: places[chosen] ?? null });
    expect(set.api.commands.findLast(({ method }) => method === "Page.createIsolatedWorld")?.params).toMatchObject({ frameId: "inner" });
    expect(await refusalOf(set.capture.live.connect({ ...WANTED, place: { session: "gone", frame: null } }))).toBe("live.place-gone");
  });

  describe("with headers of their own", () => {
    const HEADERS = [{ name: "Authorization", value: "Bearer 1" }, { name: "X-Own", value: "a" }, { name: "x-own", value: "b" }];
    const SCRIPT = "blob:http://page.test/1";

    /** A page that lets a worker be started, or does not. */
    async function withWorker(runs: boolean) {
      const set = await opening(0, () => ({}));
      set.api.answers.set("Runtime.evaluate", (source, params) => {
        const { expression } = params as { readonly expression: string };
        if (expression.startsWith("URL.")) return { result: { value: SCRIPT } };
        if (expression.includes("Worker")) {
          if (runs) set.emit("Target.attachedToTarget", { sessionId: "worker", targetInfo: { targetId: "w", type: "worker", url: SCRIPT }, waitingForDebugger: true });
          return { result: { value: runs } };
        }
        const script = /sourceURL=(\S+)/.exec(expression)?.[1] ?? "";
        set.emit("Network.webSocketCreated", { requestId: "own", url: WANTED.url, initiator: { stack: { callFrames: [{ functionName: "", url: script, lineNumber: 0, columnNumber: 0 }] } } }, source.sessionId);
        return { result: { objectId: "socket own" } };
      });
      return set;
    }

    it("is made in a worker that has no other use, once it runs, so that no other request has them", async () => {
      const { api, capture, eventsOf } = await withWorker(true);
      await capture.live.connect({ ...WANTED, headers: HEADERS });
      await settle(2);
      const set = api.commands.filter(({ method }) => method === "Network.setExtraHTTPHeaders");
      expect(set.map(({ source, params }) => [source.sessionId, params])).toEqual([["worker", { headers: { Authorization: "Bearer 1", "X-Own": "a, b" } }]]);
      const made = api.commands.filter(({ source, method }) => method === "Runtime.evaluate" && source.sessionId === "worker");
      expect(made).toHaveLength(1);
      expect(made[0]?.params).toMatchObject({ expression: expect.stringContaining('addEventListener("close", () => setTimeout(close, 0))') as string });
      expect(eventsOf("created").at(-1)).toMatchObject({ targetKey: "user" });
      const { places } = await capture.live.openingPlaces({ targetKey: null, origin: null });
      expect(places.map(({ type }) => type)).toEqual(["page"]);
    });

    it.each([
      ["says no more of it", () => new Promise(() => {})],
      ["says that it is gone", () => Promise.reject(new Error('{"code":-32001,"message":"Session with given id not found."}'))],
    ])("is a connection all the same where it fails at once, its worker ends, and Chrome %s", async (_, answer) => {
      const set = await withWorker(true);
      const answerCall = set.api.answers.get("Runtime.callFunctionOn");
      set.api.answers.set("Runtime.callFunctionOn", (source, params) => {
        if (source.sessionId !== "worker") return answerCall?.(source, params);
        set.emit("Network.webSocketFrameError", { requestId: "own", timestamp: 1003, errorMessage: "net::ERR_CONNECTION_REFUSED" }, "worker");
        set.emit("Network.webSocketClosed", { requestId: "own", timestamp: 1003 }, "worker");
        return answer();
      });
      const connection = await set.capture.live.connect({ ...WANTED, headers: HEADERS });
      await settle(2);
      expect(set.eventsOf("closed").at(-1)).toMatchObject({ connection });
      expect(await refusalOf(set.capture.live.send(connection, HELLO, null))).toBe("live.ended");
      expect(await refusalOf(set.capture.live.reach(connection, false))).toBe("live.ended");
    });

    it("is refused in words where no worker can be started, and where Chrome takes no such header", async () => {
      const { api, capture } = await withWorker(false);
      expect(await refusalOf(capture.live.connect({ ...WANTED, headers: HEADERS }))).toBe("live.no-own-worker");
      expect(await refusalOf(capture.live.connect({ ...WANTED, headers: [{ name: "Host", value: "other.test" }] }))).toBe("live.fixed-header");
      expect(api.commands.filter(({ method }) => method === "Network.setExtraHTTPHeaders")).toEqual([]);
    });
  });

  it("is refused in words where a policy forbids it, and where the URL is none", async () => {
    const forbidden = await opening(3, () => ({ result: { objectId: "socket own" } }));
    expect(await refusalOf(forbidden.capture.live.connect(WANTED))).toBe("live.forbidden");
    const wrong = await opening(0, () => ({ exceptionDetails: { exception: { description: "SyntaxError: The URL is invalid.\n    at" } } }));
    expect(await refusalOf(wrong.capture.live.connect(WANTED))).toBe("live.not-opened");
  });

  it("keeps a value in a global variable of the page, and says what the page threw", async () => {
    const { api, capture } = await setup();
    const asked: string[] = [];
    api.answers.set("Runtime.evaluate", (_, params) => {
      asked.push((params as { readonly expression: string }).expression);
      return asked.length === 1 ? { result: { value: "temp1" } } : { exceptionDetails: { exception: { description: "TypeError: frozen" } } };
    });
    expect(await capture.live.keepGlobal('{"quote":"\\""}')).toBe("temp1");
    expect(asked[0]).toContain(JSON.stringify('{"quote":"\\""}'));
    await expect(capture.live.keepGlobal("1")).rejects.toMatchObject({ told: { code: "live.not-stored", values: { why: "TypeError: frozen" } } });
  });

  it("tells what the browser holds for the page, and leaves out what Chrome does not tell", async () => {
    const { api, capture } = await setup();
    api.answers.set("Page.createIsolatedWorld", () => ({ executionContextId: 7 }));
    api.answers.set("Runtime.evaluate", (_, params) => ("contextId" in params ? { result: { value: [{ in: "localStorage", name: "auth", value: "k7Yw3pQz" }, { in: "elsewhere", name: 1 }] } } : {}));
    api.answers.set("Network.getCookies", () => ({ cookies: [{ name: "session", value: "8f14e45f", httpOnly: true }, { name: "odd" }] }));
    const auth = { in: "localStorage", name: "auth", value: "k7Yw3pQz" };
    expect(await capture.live.storedValues(connectionId(1))).toEqual([auth, { in: "cookie", name: "session", value: "8f14e45f" }]);
    api.failures.set("Network.getCookies", "Not allowed");
    expect(await capture.live.storedValues(connectionId(1))).toEqual([auth]);
    api.failures.set("Page.createIsolatedWorld", "No frame");
    expect(await capture.live.storedValues(connectionId(1))).toEqual([]);
  });
});
