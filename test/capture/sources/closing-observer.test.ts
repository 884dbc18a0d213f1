import vm from "node:vm";
import { describe, expect, it } from "vitest";
import { drawObserverNames, observerEnd, observerScript, readReport } from "../../../src/capture/sources/closing-observer.ts";
import { ObservedClosings } from "../../../src/capture/sources/observed-closings.ts";
import { connectionId } from "../../../src/model/units.ts";

let drawn = 0;
const NAMES = drawObserverNames(() => `drawn${++drawn}`);

/** As much of a page as the observer touches. */
const PAGE = `
  globalThis.CloseEvent = class extends Event {
    constructor(type, { code }) { super(type); this.given = code; }
    get code() { return this.given; }
    get reason() { return ""; }
    get wasClean() { return true; }
  };
  globalThis.MessageEvent = class MessageEvent extends Event {};
  globalThis.AbortSignal = class AbortSignal {};
  globalThis.TextDecoder = class TextDecoder {};
  globalThis.TextEncoder = class TextEncoder {};
  globalThis.performance = { now: () => 0 };
  globalThis.Blob = class { get size() { return 1; } };
  globalThis.WebSocket = class WebSocket extends EventTarget {
    constructor(url) { super(); this.given = url; }
    get url() { return this.given; }
    get readyState() { return 1; }
    send() {}
  };
  globalThis.Native = WebSocket;
  globalThis.ownToString = Function.prototype.toString;
  const sockets = {};
  const open = (name) => { sockets[name] = new WebSocket("ws://feed.test/"); };
  const close = (name, code) => sockets[name].dispatchEvent(new CloseEvent("close", { code }));
`;

/** A document, Chrome's binding in it, and one page of the extension that hears its reports. */
function setup() {
  const closings = new ObservedClosings();
  const told: string[] = [];
  let connections = 0;
  const context = vm.createContext({ EventTarget, Event });
  vm.runInContext(PAGE, context);
  const run = (code: string): unknown => vm.runInContext(code, context);
  return {
    told,
    run,
    install: () => {
      context[NAMES.binding] = (payload: string): void => {
        const read = readReport({ name: NAMES.binding, payload, executionContextId: 1 }, NAMES);
        const answer = read === undefined ? undefined : closings.take("tab", read.context, read.report);
        if (answer !== undefined && "closing" in answer) told.push(`${answer.connection} ${answer.closing.code}`);
      };
      run(observerScript(NAMES));
    },
    fail: () => {
      context[NAMES.binding] = (): void => {
        throw new Error("Chrome has gone.");
      };
      run(observerScript(NAMES));
    },
    open: (name: string) => {
      closings.created("tab", connectionId(++connections), "ws://feed.test/");
      run(`open("${name}")`);
    },
    close: (name: string, code: number) => run(`close("${name}", ${code})`),
  };
}

describe("the observer of closings", () => {
  it("tells each socket’s own code however many views install it, and is gone whole", () => {
    const { install, open, close, told, run } = setup();
    install();
    open("first");
    install();
    expect(run(`${JSON.stringify(NAMES.binding)} in globalThis`)).toBe(false);
    open("second");
    close("second", 4001);
    close("first", 4002);
    expect(told).toEqual(["2 4001", "1 4002"]);
    run(observerEnd(NAMES));
    expect(run("WebSocket === Native && WebSocket.prototype.constructor === Native && Function.prototype.toString === ownToString")).toBe(true);
  });

  it("cannot be driven by a page: nothing that it could know puts it away or is believed", () => {
    const { install, open, close, told, run } = setup();
    install();
    // Names of before; and what all objects inherit, which a handler or an option without a value of its own would read.
    for (const known of ["framescope:put-websocket-back", "framescope:is-websocket-observed"]) expect(() => run(`Function.prototype.toString.call(${JSON.stringify(known)})`)).toThrow("Function.prototype.toString requires");
    run(`globalThis.caught = "";
      for (const name of ["toJSON", "get", "has", "getPrototypeOf", "getOwnPropertyDescriptor", "deleteProperty"]) Object.prototype[name] = function () { caught += name; };
      Object.prototype.signal = "page"; Object.prototype.secret = "page";
      for (const holder of [JSON, Reflect, WeakMap.prototype]) for (const name of ["stringify", "apply", "construct", "get", "set"]) if (Object.hasOwn(holder, name)) holder[name] = () => { caught += name; };
      Array.prototype[Symbol.iterator] = function () { caught += "iterator"; throw new Error("iterated"); };`);
    open("first");
    run("sockets.first.send(new Blob()); WebSocket.length; 'url' in WebSocket.prototype;");
    close("first", 4001);
    expect(told).toEqual(["1 4001"]);
    expect(run("caught")).toBe("");
    const { secret, ...forged } = { secret: "guessed", id: 1, code: 4009, reason: "", wasClean: true };
    for (const report of [forged, { ...forged, secret }]) expect(readReport({ name: NAMES.binding, payload: JSON.stringify(report), executionContextId: 1 }, NAMES)).toBeUndefined();
  });

  it("costs the page no socket and no message where its reports fail", () => {
    const { run, fail } = setup();
    fail();
    run(`open("first"); sockets.first.send(new Blob());`);
    expect(run("sockets.first instanceof Native")).toBe(true);
  });

  it("can be installed again after it was taken away", () => {
    const { install, open, close, told, run } = setup();
    install();
    run(observerEnd(NAMES));
    open("unseen");
    install();
    open("seen");
    close("seen", 4001);
    expect(told).toEqual(["2 4001"]);
  });
});
