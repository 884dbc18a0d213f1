import { describe, expect, it } from "vitest";
import type { CaptureEdges } from "../../../src/capture/capture-edges.ts";
import { directionOf, originOf } from "../../../src/model/frame.ts";
import type { PageRule } from "../../../src/model/message-rule.ts";
import { say } from "../../../src/model/said.ts";
import { NATIVE_NAMES } from "../../../src/capture/actions/rules-in-running.ts";
import { NO_RULES } from "../../../src/model/rules-in-force.ts";
import { settle, setUpCapture } from "../set-up-capture.ts";

const DROP: PageRule = { id: "1", direction: "received", condition: { kind: "every", parts: [] }, action: { type: "drop" }, most: null };
const NAMED = { name: "halve", rule: DROP };

/** What bounds a wait is over at once, where a test does not say so. */
async function setup(later: CaptureEdges["later"] = (callback) => void setTimeout(callback, 20)) {
  const set = setUpCapture({ later });
  const { api, capture, emit } = set;
  api.answers.set("Page.addScriptToEvaluateOnNewDocument", () => ({ identifier: "script" }));
  api.answers.set("Runtime.evaluate", () => ({ result: { objectId: "window" } }));
  api.answers.set("DOMDebugger.getEventListeners", () => ({ listeners: [{ type: "load", handler: { objectId: "page's" } }, { type: secret(), handler: { objectId: "control" } }] }));
  const scripts = (): string[] => api.commands.filter(({ method }) => method === "Page.addScriptToEvaluateOnNewDocument").map(({ params }) => (params as { readonly source: string }).source);
  const named = (): readonly string[] => /, "(_\w+)", "(_\w+)", "/.exec(scripts().at(-1) ?? "") ?? [];
  const secret = (): string => named()[2] ?? "";
  const tell = (note: object, parts: { readonly secret?: string } = {}): void =>
    emit("Runtime.bindingCalled", { name: named()[1], executionContextId: 5, payload: JSON.stringify({ secret: parts.secret ?? secret(), ...note }) });
  await capture.start();
  await settle(3);
  const open = (): void => {
    emit("Network.webSocketCreated", { requestId: "9", url: "ws://page.test/feed" });
    tell({ kind: "new", socket: 1, url: "ws://page.test/feed" });
    emit("Network.webSocketWillSendHandshakeRequest", { requestId: "9", timestamp: 1000, wallTime: 1_800_000_000, request: { headers: {} } });
  };
  const frame = (direction: "Sent" | "Received", payloadData: string): void => emit(`Network.webSocketFrame${direction}`, { requestId: "9", timestamp: 1001, response: { opcode: 1, mask: false, payloadData } });
  const rows = async (): Promise<string[]> => {
    await settle(2);
    return set.batches.flatMap(({ count, bits }, at) => Array.from({ length: count }, (_, i) => `${directionOf(bits[i] as number)} ${originOf(bits[i] as number)} ${String(set.frames[set.batches.slice(0, at).reduce((sum, batch) => sum + batch.count, 0) + i]?.payload)}`));
  };
  return { ...set, scripts, tell, open, frame, rows };
}

const ENDS: Readonly<Record<string, string>> = {
  "Runtime.disable": "Runtime.enable",
  "Debugger.disable": "Debugger.enable",
  "Fetch.disable": "Fetch.enable",
  "Runtime.removeBinding": "Runtime.addBinding",
  "Page.removeScriptToEvaluateOnNewDocument": "Page.addScriptToEvaluateOnNewDocument",
};

/** What Chrome was told to do and was not told to end again, target by target; a domain is enabled once, however often that was said. */
function standingIn(commands: ReturnType<typeof setUpCapture>["api"]["commands"]): readonly string[] {
  const standing = new Map<string, number>();
  for (const { source, method, params } of commands) {
    const begins = ENDS[method] ?? method;
    const { name = "" } = params as { readonly name?: string };
    const key = `${source.sessionId ?? "page"} ${begins} ${name}`.trim();
    if (begins !== method) standing.set(key, begins.startsWith("Page.") ? (standing.get(key) ?? 0) - 1 : 0);
    else if (Object.values(ENDS).includes(method)) standing.set(key, begins.startsWith("Page.") ? (standing.get(key) ?? 0) + 1 : 1);
  }
  return [...standing].filter(([, count]) => count !== 0).map(([key, count]) => `${key} ${count}`).toSorted();
}

describe("message rules of a capture", () => {
  it("put no script into a page before one is on, and take theirs away with the last", async () => {
    const { api, capture, scripts } = await setup();
    expect(scripts()).toEqual([]);
    await capture.messageRules.set([NAMED]);
    expect(scripts()).toHaveLength(1);
    await capture.messageRules.set([]);
    expect(api.commands.map(({ method }) => method)).toEqual(expect.arrayContaining(["Page.removeScriptToEvaluateOnNewDocument", "Runtime.removeBinding"]));
    expect(capture.messageRules.inForce).toEqual(NO_RULES);
  });

  it("leave Chrome as it was without them, in a page, frames and workers from before and new ones, with a connection that was open", async () => {
    const { api, capture, tell, emit } = await setup();
    let added = 0;
    api.answers.set("Page.addScriptToEvaluateOnNewDocument", () => ({ identifier: `script ${++added}` }));
    api.answers.set("Debugger.setBreakpointOnFunctionCall", () => ({ breakpointId: "1" }));
    const attach = (sessionId: string, type: string): void => emit("Target.attachedToTarget", { sessionId, waitingForDebugger: true, targetInfo: { targetId: `${sessionId}1`, type, title: "", url: "", attached: true } });
    attach("old frame", "iframe");
    attach("old worker", "worker");
    emit("Network.webSocketCreated", { requestId: "9", url: "ws://page.test/feed" });
    await settle(3);
    const before = standingIn(api.commands);
    await capture.messageRules.set([NAMED]);
    tell({ kind: "hello" });
    await settle(3);
    attach("new frame", "iframe");
    attach("new worker", "worker");
    await capture.messageRules.set([NAMED, { name: "other", rule: { ...DROP, id: "2" } }]);
    await settle(3);
    const beside = standingIn(api.commands);
    for (const what of ["Debugger.enable", "Runtime.enable", "Runtime.addBinding", "Page.addScriptToEvaluateOnNewDocument"]) expect(beside.join("\n")).toContain(what);
    await capture.messageRules.set([]);
    await settle(3);
    expect(standingIn(api.commands)).toEqual(before);
  });

  it("are put into what runs already once each function is seen to be Chrome's, and one that is not is named", async () => {
    const { api, capture, emit } = await setup();
    emit("Target.attachedToTarget", { sessionId: "w", waitingForDebugger: true, targetInfo: { targetId: "w1", type: "worker", title: "", url: "", attached: true } });
    await settle(2);
    const described = (description: string): object => ({ type: "function", objectId: description, description });
    const natives = Object.entries(NATIVE_NAMES).map(([name, native]) => ({ name, value: described(`function ${native}() { [native code] }`) }));
    api.answers.set("Runtime.evaluate", () => ({ result: { objectId: "natives" } }));
    api.answers.set("Runtime.getProperties", (source) => ({ result: source.sessionId === "w" ? natives : natives.with(natives.findIndex(({ name }) => name === "stringify"), { name: "stringify", value: described("function stringify() { return 1; }") }) }));
    const before = api.commands.length;
    await capture.messageRules.set([NAMED]);
    const put = api.commands.slice(before).filter(({ method, params }) => method === "Runtime.callFunctionOn" && JSON.stringify(params).includes("binding"));
    expect(put.map(({ source }) => source.sessionId)).toEqual(["w"]);
    expect(capture.messageRules.inForce.refused).toEqual(say("rules.refused", { name: "stringify" }));
    // The page is not left with a name that it could list.
    expect(api.commands.slice(before).filter(({ method, params }) => method === "Runtime.evaluate" && JSON.stringify(params).includes("delete this["))).toHaveLength(1);
  });

  it("are in a frame and a worker before these run", async () => {
    const { api, capture, emit } = await setup();
    await capture.messageRules.set([NAMED]);
    for (const [sessionId, type] of [["f", "iframe"], ["w", "worker"]]) emit("Target.attachedToTarget", { sessionId, waitingForDebugger: true, targetInfo: { targetId: `${sessionId}1`, type, title: "", url: "", attached: true } });
    for (const [sessionId, method] of [["f", "Page.addScriptToEvaluateOnNewDocument"], ["w", "Runtime.evaluate"]]) {
      const methods = api.commands.filter(({ source }) => source.sessionId === sessionId).map((one) => one.method);
      expect(methods.indexOf(method as string)).toBeGreaterThan(-1);
      expect(methods.indexOf(method as string)).toBeLessThan(methods.indexOf("Runtime.runIfWaitingForDebugger"));
    }
  });

  it("leave a row of each application, which says of which message it was made", async () => {
    const { capture, tell, open, frame, rows, eventsOf } = await setup();
    await capture.messageRules.set([NAMED]);
    open();
    frame("Received", "one");
    frame("Received", "two");
    const did = { kind: "did", socket: 1, isText: true, rules: "1,", wire: null, wireIsText: false, goesOut: false };
    tell({ ...did, isSent: false, did: "changed", data: "ONE", of: 1 });
    tell({ ...did, isSent: false, did: "dropped", data: "", of: 2 });
    tell({ ...did, isSent: true, did: "replaced", data: "mine", of: -1, goesOut: true, wire: "theirs", wireIsText: true });
    frame("Sent", "theirs");
    expect(await rows()).toEqual(["received page one", "received page two", "received rule ONE", "received rule ", "sent rule mine", "sent rule theirs"]);
    expect(eventsOf("ruled").map(({ rule, did: what, back }) => [rule, what, back])).toEqual([["halve", "changed", 1], ["halve", "dropped", 0], ["halve", "replaced", null], ["halve", "changed", 0]]);
    expect(capture.messageRules.inForce.on).toEqual([{ id: "1", applied: 3, aside: null, passed: 0 }]);
  });

  it("believe nobody who does not know the secret, and a page switches nothing on or off", async () => {
    const { capture, tell, open, frame, rows, eventsOf } = await setup();
    await capture.messageRules.set([NAMED]);
    open();
    frame("Received", "one");
    tell({ kind: "did", socket: 1, isText: true, rules: "1,", isSent: false, did: "changed", data: "forged", of: 1 }, { secret: "guessed" });
    tell({ kind: "aside", rule: "1", why: "edit" }, { secret: "guessed" });
    expect(await rows()).toEqual(["received page one"]);
    expect(eventsOf("ruled")).toEqual([]);
    expect(capture.messageRules.inForce.on).toEqual([{ id: "1", applied: 0, aside: null, passed: 0 }]);
  });

  it("let a message go through the agent that holds it, found past all that the page listens to", async () => {
    const { api, capture, tell, open } = await setup();
    await capture.messageRules.set([NAMED]);
    tell({ kind: "hello" });
    open();
    tell({ kind: "held", n: "3", socket: 1, rules: "1,", isSent: false, text: "wait" });
    await settle(3);
    const [held] = capture.messageRules.inForce.held;
    expect(held).toMatchObject({ rule: "halve", direction: "received", text: "wait" });
    await capture.messageRules.letGo(held?.id ?? "", "changed", false);
    expect(api.commands.findLast(({ method }) => method === "Runtime.callFunctionOn")?.params).toMatchObject({ objectId: "control", arguments: [{ value: "let go" }, { value: '{"n":"3","text":"changed","isDropped":false}' }] });
    tell({ kind: "free", n: "3" });
    await settle(1);
    expect(capture.messageRules.inForce.held).toEqual([]);
  });

  it("tell of a flood of held messages at times, of the first alone and how many wait", async () => {
    const { capture, messageRules, tell, open } = await setup();
    await capture.messageRules.set([NAMED]);
    tell({ kind: "hello" });
    open();
    await settle(3);
    const before = messageRules.length;
    for (let n = 1; n <= 500; n++) tell({ kind: "held", n: `${n}`, socket: 1, rules: "1,", isSent: false, text: "x".repeat(n === 3 ? 2_000_000 : 1000) });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(messageRules.length - before).toBeLessThan(5);
    // The third would be too long beside others.
    expect([messageRules.at(-1)?.waiting, messageRules.at(-1)?.held.length]).toEqual([500, 2]);
    for (const n of ["1", "2", "3"]) tell({ kind: "free", n });
    await settle(1);
    expect([capture.messageRules.inForce.waiting, capture.messageRules.inForce.held.length]).toEqual([497, 20]);
    tell({ kind: "full", rule: "1" });
    await settle(1);
    expect(capture.messageRules.inForce.on).toMatchObject([{ passed: 1 }]);
  });

  it("answer an agent that asks whether anybody is there, and let it go when the capture ends", async () => {
    const { api, capture, tell } = await setup();
    await capture.messageRules.set([NAMED]);
    tell({ kind: "hello" });
    tell({ kind: "ping" });
    await settle(3);
    const said = (): unknown[] => api.commands.filter(({ method, params }) => method === "Runtime.callFunctionOn" && "arguments" in params).map(({ params }) => (params as { readonly arguments: readonly { readonly value: unknown }[] }).arguments[0]?.value);
    expect(said()).toContain("pong");
    await capture.stop();
    expect(said().at(-1)).toBe("off");
    expect(capture.messageRules.inForce.on).toEqual([]);
  });

  it("go, and come again, also where a page answers nothing", async () => {
    const { api, capture, scripts } = await setup();
    for (const method of ["Page.removeScriptToEvaluateOnNewDocument", "Page.addScriptToEvaluateOnNewDocument"]) api.silent.add(method);
    const rounds = async (): Promise<void> => {
      await capture.messageRules.set([NAMED]);
      await capture.messageRules.set([]);
      await capture.messageRules.set([NAMED]);
    };
    await rounds();
    expect(scripts()).toHaveLength(2);
    expect(new Set(scripts()).size).toBe(2);
  });

  it("are in force where they were turned off and on again while a page was slow to answer", async () => {
    const { api, capture, tell } = await setup();
    let added = 0;
    api.answers.set("Page.addScriptToEvaluateOnNewDocument", () => ({ identifier: `script ${++added}` }));
    await capture.messageRules.set([NAMED]);
    tell({ kind: "hello" });
    await settle(3);
    const answers: (() => void)[] = [];
    api.answers.set("Runtime.callFunctionOn", () => new Promise<void>((resolve) => answers.push(resolve)));
    const off = capture.messageRules.set([]);
    await settle(3);
    expect(answers).toHaveLength(1);
    const on = capture.messageRules.set([{ ...NAMED, rule: { ...DROP, most: 5 } }]);
    await settle(3);
    for (const answer of answers) answer();
    await Promise.all([off, on]);
    expect(capture.messageRules.inForce.on).toHaveLength(1);
    expect(api.commands.map(({ method }) => method).lastIndexOf("Runtime.removeBinding")).toBeLessThan(api.commands.map(({ method }) => method).lastIndexOf("Runtime.addBinding"));
    // Each script that was added is known, and goes.
    await capture.messageRules.set([]);
    const removed = api.commands.flatMap(({ method, params }) => (method === "Page.removeScriptToEvaluateOnNewDocument" ? [(params as { readonly identifier: string }).identifier] : []));
    expect(removed).toEqual(Array.from({ length: added }, (_, at) => `script ${at + 1}`));
  });

  describe("are told of as in force once every target has answered", () => {
    /** Chrome answers a method when the test says so; what views were told reads `settling` meanwhile. */
    async function withHeld(method: string, sessionId?: string) {
      const waits: { readonly callback: () => void; readonly milliseconds: number }[] = [];
      const set = await setup((callback, milliseconds) => void waits.push({ callback, milliseconds }));
      const { api, capture, messageRules, tell } = set;
      /** Waits of so many milliseconds are over. */
      const pass = async (most: number): Promise<void> => {
        await settle(5);
        for (const { callback } of waits.filter(({ milliseconds }) => milliseconds <= most)) callback();
        await settle(5);
      };
      const attach = (session: string): void => set.emit("Target.attachedToTarget", { sessionId: session, waitingForDebugger: true, targetInfo: { targetId: `${session}1`, type: "iframe", title: "", url: "", attached: true } });
      const answers: (() => void)[] = [];
      const hold = (): void => {
        const { [method]: before } = Object.fromEntries(api.answers);
        api.answers.set(method, (source, params) => (source.sessionId === sessionId ? new Promise((resolve) => answers.push(() => resolve(before?.(source, params)))) : before?.(source, params)));
      };
      const answer = async (): Promise<void> => {
        await settle(5);
        for (const one of answers.splice(0)) one();
        await settle(5);
      };
      /** Views in turn, each once: how many rules they were told of, and whether these are in force. */
      const told = (): string[] => messageRules.splice(0).map(({ on, isSettling }) => `${on.length}${isSettling ? " settling" : ""}`).filter((one, at, all) => one !== all[at - 1]);
      const on = async (): Promise<void> => {
        await capture.messageRules.set([NAMED]);
        tell({ kind: "hello" });
        await settle(3);
        told();
      };
      return { ...set, attach, hold, answer, told, on, pass };
    }

    it("when they are turned on", async () => {
      const { capture, hold, answer, told, pass } = await withHeld("Page.addScriptToEvaluateOnNewDocument");
      hold();
      const done = capture.messageRules.set([NAMED]);
      await settle(5);
      // Nothing is drawn anew for a moment's wait.
      expect(told()).toEqual([]);
      await pass(100);
      expect(told()).toEqual(["1 settling"]);
      await answer();
      expect(told().at(-1)).toEqual("1");
      await done;
    });

    it("when one of them is another now", async () => {
      const { capture, hold, answer, told, on, pass } = await withHeld("Page.addScriptToEvaluateOnNewDocument");
      await on();
      hold();
      void capture.messageRules.set([{ ...NAMED, rule: { ...DROP, most: 5 } }]);
      await settle(5);
      expect(told()).toEqual([]);
      await pass(100);
      expect(told()).toEqual(["1 settling"]);
      await answer();
      expect(told()).toEqual(["1"]);
    });

    it.each(["Page.removeScriptToEvaluateOnNewDocument", "Runtime.callFunctionOn"])("when they are turned off: %s", async (method) => {
      const { capture, hold, answer, told, on, pass } = await withHeld(method);
      await on();
      hold();
      void capture.messageRules.set([]);
      await settle(5);
      expect(told()).toEqual([]);
      await pass(100);
      expect(told()).toEqual(["0 settling"]);
      await answer();
      expect(told()).toEqual(["0"]);
      expect(capture.messageRules.inForce).toEqual(NO_RULES);
    });

    it("also behind a frame that goes without an answer, and with the capture's end", async () => {
      const { capture, emit, attach, hold, told, pass } = await withHeld("Page.addScriptToEvaluateOnNewDocument", "frame");
      attach("frame");
      await settle(3);
      hold();
      const done = capture.messageRules.set([NAMED]);
      // Nobody waits for it for ever, and it is not taken for told all the same.
      await pass(2000);
      await done;
      expect(told().at(-1)).toEqual("1 settling");
      emit("Target.detachedFromTarget", { sessionId: "frame" });
      expect(told()).toEqual(["1"]);
      attach("frame");
      void capture.messageRules.set([{ ...NAMED, rule: { ...DROP, most: 5 } }]);
      await pass(2000);
      expect(capture.messageRules.inForce.isSettling).toBe(true);
      await capture.stop();
      expect(capture.messageRules.inForce).toEqual(NO_RULES);
    });

    it("and reach a document that began between the answer for realms and that for the script", async () => {
      const { api, capture, emit, hold, answer } = await withHeld("Page.addScriptToEvaluateOnNewDocument");
      hold();
      const done = capture.messageRules.set([NAMED]);
      await settle(5);
      emit("Runtime.executionContextCreated", { context: { id: 6, uniqueId: "late", auxData: { isDefault: true } } });
      await answer();
      await done;
      const places = api.commands.filter(({ method }) => method === "Runtime.evaluate").map(({ params }) => (params as { readonly uniqueContextId?: string }).uniqueContextId);
      expect(places).toContain("late");
    });
  });

  it("say what is set aside and why, and what waits goes with its document", async () => {
    const { capture, tell, open, emit } = await setup();
    await capture.messageRules.set([NAMED]);
    tell({ kind: "hello" });
    open();
    tell({ kind: "held", n: "3", socket: 1, rules: "1,", isSent: false, text: "wait" });
    tell({ kind: "aside", rule: "1", why: "endless" });
    await settle(2);
    expect(capture.messageRules.inForce).toMatchObject({ on: [{ aside: { code: "rules.aside-endless", values: { n: 1000 } } }], held: [{}] });
    emit("Runtime.executionContextsCleared", {});
    expect(capture.messageRules.inForce.held).toEqual([]);
  });
});
