import { describe, expect, it } from "vitest";
import { NOW, settle, setUpCapture, TAB } from "../set-up-capture.ts";
import { say, sentences } from "../../../src/model/said.ts";
import { connectionId } from "../../../src/model/units.ts";

interface PageParts {
  /** Whether DevTools is open. */
  readonly isInDevTools?: boolean;
  /** What the page's files are, as `Page.getResourceTree` tells them. */
  readonly resources?: readonly object[];
  /** Bytes of its documents. */
  readonly documents?: number;
  /** What is to be done once the panel has been drawn. */
  readonly settling?: (() => void)[];
}

/** A capture of a page with much in its memory, in which the capture's notes say what `read` says. */
async function setup({ isInDevTools = true, resources = [], documents = 0, settling }: PageParts = {}) {
  const set = setUpCapture({ later: (callback, milliseconds) => void (milliseconds === 500 && settling !== undefined ? settling.push(callback) : milliseconds < 1000 && setTimeout(callback, 0)), ...(isInDevTools && { readDevToolsLog: async () => ({ entries: [] }) }) });
  const { api, capture } = set;
  let notes: unknown[] = [];
  let breakpoints = 0;
  api.answers.set("Runtime.enable", (source) => {
    api.emit(source, "Runtime.executionContextCreated", { context: { id: 1, uniqueId: "main", auxData: { isDefault: true } } });
    return {};
  });
  api.answers.set("Runtime.getHeapUsage", () => ({ usedSize: 50_000_000, embedderHeapUsedSize: 1_000_000 }));
  api.answers.set("Runtime.evaluate", (_, params) => ({ result: (params as { readonly expression: string }).expression.includes("decodedBodySize") ? { value: documents } : { objectId: "object" } }));
  api.answers.set("Runtime.callFunctionOn", (_, params) => ({ result: { value: (params as { readonly functionDeclaration: string }).functionDeclaration.includes("take") ? notes.splice(0) : undefined } }));
  api.answers.set("Debugger.setBreakpointOnFunctionCall", () => ({ breakpointId: String(++breakpoints) }));
  api.answers.set("Page.getResourceTree", () => ({ frameTree: { resources, childFrames: [] } }));
  await capture.start();
  await settle(3);
  return {
    ...set,
    /** Chrome tells of a frame that the page reads, or sends. */
    speak: async (requestId: string, data: string, { socket = 1, direction = "received" }: { readonly socket?: number; readonly direction?: "sent" | "received" } = {}): Promise<void> => {
      notes.push([socket, [`ws://${socket}.test/`, "chat", ""], `${direction} text ${data.length} ${data} ${data}`, 0]);
      set.emit(direction === "sent" ? "Network.webSocketFrameSent" : "Network.webSocketFrameReceived", { requestId, timestamp: 1001, response: { opcode: 1, mask: direction === "sent", payloadData: data } });
      await settle(5);
    },
    forgetNotes: () => (notes = []),
    sent: (method: string) => api.commands.filter((one) => one.method === method),
    named: () => set.eventsOf("named").map(({ connection, url, subprotocol }) => [connection, url, subprotocol]),
  };
}

describe("a socket from before whose address is not known", () => {
  it("has its frames from the first on, and its address from when it next speaks", async () => {
    const { speak, rows, eventsOf, named } = await setup();
    await speak("9", "one");
    expect(eventsOf("created").at(-1)).toMatchObject({ url: "", seenFromStart: false, notice: sentences([say("capture.not-seen"), say("capture.until-it-speaks")]) });
    await speak("9", "two");
    await speak("9", "three");
    expect(rows()).toEqual(["1 one", "1 two", "1 three"]);
    expect(named()).toEqual([[1, "ws://1.test/", "chat"]]);
  });

  it("has it too where Chrome told of it when its handshake was under way, and nothing is listened to before it speaks", async () => {
    for (const [method, params] of [
      ["Network.webSocketWillSendHandshakeRequest", { wallTime: NOW, request: { headers: { "Sec-WebSocket-Key": "of nothing logged" } } }],
      ["Network.webSocketHandshakeResponseReceived", { response: { status: 101, statusText: "Switching Protocols", headers: {} } }],
    ] as const) {
      const { emit, speak, sent, eventsOf, named, rows } = await setup();
      emit("Network.webSocketCreated", { requestId: "8", url: "ws://8.test/" });
      emit(method, { requestId: "9", timestamp: 1000, ...params });
      await settle(5);
      expect(eventsOf("created").at(-1)).toMatchObject({ connection: 2, url: "", seenFromStart: false, notice: sentences([say("capture.while-opening"), say("capture.until-it-speaks")]) });
      for (let i = 0; i < 2500; i++) emit("Network.webSocketFrameReceived", { requestId: "8", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: `of another ${i}` } });
      await settle(5);
      expect(sent("Debugger.enable")).toEqual([]);
      await speak("9", "one", { direction: "sent" });
      await speak("9", "two", { direction: "sent" });
      expect(named()).toEqual([[2, "ws://1.test/", "chat"]]);
      expect(eventsOf("named").at(-1)?.notice).toEqual(say("capture.while-opening"));
      expect(rows().slice(-2)).toEqual(["2 one", "2 two"]);
    }
  });

  it("has it too where Chrome told of an error first", async () => {
    const { emit, speak, eventsOf, named } = await setup();
    emit("Network.webSocketFrameError", { requestId: "9", timestamp: 1000, errorMessage: "One or more reserved bits are on" });
    await settle(5);
    expect(eventsOf("created").at(-1)).toMatchObject({ url: "", notice: sentences([say("capture.not-seen"), say("capture.until-it-speaks")]) });
    await speak("9", "one");
    await speak("9", "two");
    expect(named()).toEqual([[1, "ws://1.test/", "chat"]]);
  });

  it("is not looked for in the heap, and no function is listened to while all are known", async () => {
    const { emit, sent, speak } = await setup();
    emit("Network.webSocketCreated", { requestId: "1", url: "ws://new.test/" });
    await speak("1", "known");
    expect([...sent("Runtime.queryObjects"), ...sent("Debugger.enable")]).toEqual([]);
  });

  it("is listened to once the panel has been drawn, whatever passes until then, and at once where the user wants it", async () => {
    for (const isSought of [false, true]) {
      const settling: (() => void)[] = [];
      const { capture, speak, sent, named, forgetNotes } = await setup({ settling });
      for (const data of ["one", "two", "three"]) await speak("9", data);
      forgetNotes();
      expect(sent("Debugger.enable")).toEqual([]);
      if (isSought) void capture.live.reach(connectionId(1), false).catch(() => undefined);
      else for (const settled of settling.splice(0)) settled();
      await settle(5);
      expect(sent("Debugger.enable")).toHaveLength(1);
      await speak("9", "four");
      expect(named()).toEqual([[1, "ws://1.test/", "chat"]]);
    }
  });

  it("is listened to without a pause, and no longer than until it is named", async () => {
    const { api, speak, sent } = await setup();
    await speak("9", "one");
    await speak("9", "two");
    const order = api.commands.map(({ method }) => method).filter((method) => method.startsWith("Debugger.") || method === "Runtime.disable");
    expect(order).toEqual(["Debugger.enable", "Debugger.setSkipAllPauses", "Debugger.setBreakpointOnFunctionCall", "Debugger.disable"]);
    expect(sent("Debugger.setSkipAllPauses")[0]?.params).toEqual({ skip: true });
    const evaluated = sent("Runtime.evaluate").map(({ params }) => (params as { readonly expression: string }).expression);
    expect(evaluated.at(-1)).toMatch(/^framescope_\w+ = undefined$/);
  });

  it("is noted in each document of the page, and where it has but one, Chrome is not made to tell which there are", async () => {
    for (const documents of [1, 2]) {
      const { api, speak, sent, named } = await setup();
      api.answers.set("Page.getFrameTree", () => ({ frameTree: { frame: { id: "f", loaderId: "first", url: "http://page.test/" }, childFrames: documents === 1 ? [] : [{ frame: {} }] } }));
      api.answers.set("Runtime.enable", (source) => {
        for (const [id, isDefault, origin] of [[1, true, "http://page.test"], [2, true, "http://page.test"], [3, false, "http://page.test"], [4, false, "chrome-extension://other"]] as const) {
          api.emit(source, "Runtime.executionContextCreated", { context: { id, uniqueId: `u${id}`, origin, auxData: { isDefault } } });
        }
        return {};
      });
      await speak("9", "one");
      expect(sent("Runtime.enable")).toHaveLength(documents - 1);
      const declared = sent("Runtime.evaluate").filter(({ params }) => (params as { readonly expression: string }).expression.startsWith("let "));
      expect(declared.map(({ params }) => (params as { readonly uniqueContextId?: string }).uniqueContextId)).toEqual(documents === 1 ? [undefined] : ["u1", "u2"]);
      await speak("9", "two");
      expect(named()).toHaveLength(1);
      expect(sent("Runtime.disable")).toHaveLength(documents - 1);
    }
  });

  it("is found by what it sends where that is all it does, and by the other direction where the page replaced a function", async () => {
    const sending = await setup();
    await sending.speak("9", "one", { direction: "sent" });
    expect(sending.sent("Debugger.setBreakpointOnFunctionCall")).toHaveLength(1);
    await sending.speak("9", "two", { direction: "sent" });
    expect(sending.named()).toHaveLength(1);

    const replaced = await setup();
    replaced.api.answers.set("Debugger.setBreakpointOnFunctionCall", () => ({}));
    await replaced.speak("9", "one", { direction: "sent" });
    expect(replaced.sent("Debugger.setBreakpointOnFunctionCall")).toHaveLength(2);
    expect(replaced.eventsOf("retargeted").at(-1)?.notice).toEqual(sentences([say("capture.not-seen"), say("capture.address-unknown")]));
  });

  it("is asked for again when it next speaks where its target cannot answer yet, as a worker that is only starting", async () => {
    const { api, speak, named, eventsOf, forgetNotes, sent } = await setup();
    api.failures.set("Runtime.evaluate", "Cannot find default execution context");
    await speak("9", "one");
    // Nobody noted what passed until then.
    forgetNotes();
    expect(eventsOf("retargeted").filter(({ notice }) => notice !== undefined)).toEqual([]);
    api.failures.delete("Runtime.evaluate");
    await speak("9", "two");
    forgetNotes();
    await speak("9", "three");
    expect(named()).toEqual([[1, "ws://1.test/", "chat"]]);
    expect(sent("Debugger.enable")).toHaveLength(1);
  });

  it("is asked for a few times only where its target never answers, and then says that its address is not known", async () => {
    const { api, speak, eventsOf, sent } = await setup();
    api.failures.set("Runtime.evaluate", "Cannot find default execution context");
    const before = sent("Runtime.evaluate").length;
    for (let i = 0; i < 10; i++) await speak("9", `message ${i}`);
    expect(sent("Runtime.evaluate").length - before).toBe(4);
    expect(eventsOf("retargeted").at(-1)?.notice).toEqual(sentences([say("capture.not-seen"), say("capture.address-unknown")]));
  });

  it("is given up after so many calls of the page's functions that the page would feel them", async () => {
    const { emit, speak, sent, forgetNotes, eventsOf } = await setup();
    await speak("9", "one");
    forgetNotes();
    for (let i = 0; i < 1001; i++) emit("Debugger.scriptParsed", {});
    await settle();
    expect(sent("Debugger.disable")).toHaveLength(1);
    expect(eventsOf("retargeted").at(-1)?.notice).toEqual(sentences([say("capture.not-seen"), say("capture.address-unknown")]));
  });

  it("is not listened to where Chrome would have to read much script for it first, and no DevTools has had it read", async () => {
    const big = [{ type: "Script", contentSize: 1_000_000 }, { type: "Document", contentSize: 600_000 }, { type: "Image", contentSize: 1 }];
    for (const [parts, count] of [[{ isInDevTools: true, resources: big }, 1], [{ isInDevTools: false, resources: big }, 0], [{ isInDevTools: false, resources: big.slice(1) }, 1], [{ isInDevTools: false, resources: big.slice(1), documents: 900_001 }, 0]] as const) {
      const { speak, sent } = await setup(parts);
      await speak("9", "one");
      expect(sent("Debugger.enable")).toHaveLength(count);
    }
  });

  it("is forgotten when it closes, or its page goes, and nothing is left behind there when the capture ends", async () => {
    for (const end of ["closes", "page goes", "capture ends"] as const) {
      const { api, capture, emit, speak, sent } = await setup();
      await speak("9", "one");
      expect(sent("Debugger.disable")).toHaveLength(0);
      if (end === "closes") emit("Network.webSocketClosed", { requestId: "9", timestamp: 1002 });
      else if (end === "page goes") emit("Page.frameNavigated", { frame: { id: "f", url: "http://next.test/" } });
      else await capture.stop();
      await settle();
      expect(sent("Debugger.disable").map(({ source }) => source)).toEqual([{ tabId: TAB }]);
      if (end === "capture ends") expect(api.listeners).toBe(0);
    }
  });

  it("takes the place of one that was found silent before", async () => {
    const { api, capture, speak, eventsOf, named, silents } = await setup();
    expect(silents).toEqual(["perhaps"]);
    api.answers.set("Runtime.queryObjects", () => ({ objects: { objectId: "found" } }));
    const takeNotes = api.answers.get("Runtime.callFunctionOn");
    api.answers.set("Runtime.callFunctionOn", () => ({ result: { value: [["ws://1.test/", "chat", ""], ["ws://2.test/", "chat", ""]] } }));
    await capture.findSilent();
    expect(silents).toEqual(["perhaps", "being looked for", "none"]);
    expect(eventsOf("created").map(({ url }) => url)).toEqual(["ws://1.test/", "ws://2.test/"]);
    if (takeNotes !== undefined) api.answers.set("Runtime.callFunctionOn", takeNotes);
    await speak("9", "one");
    await speak("9", "two");
    expect(named()).toEqual([[3, "ws://1.test/", "chat"]]);
    expect(eventsOf("withdrawn").map(({ connection }) => connection)).toEqual([1]);
    await speak("8", "three", { socket: 2 });
    expect(eventsOf("created")).toHaveLength(3);
  });
});
