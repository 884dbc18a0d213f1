import vm from "node:vm";
import { describe, expect, it } from "vitest";
import { BINDING, INSTALL, readReport, UNINSTALL } from "../../../src/capture/sources/closing-observer.ts";
import { ObservedClosings } from "../../../src/capture/sources/observed-closings.ts";
import { connectionId } from "../../../src/model/units.ts";

/** As much of a page as the observer touches. */
const PAGE = `
  globalThis.CloseEvent = class extends Event {
    constructor(type, { code }) { super(type); this.given = code; }
    get code() { return this.given; }
    get reason() { return ""; }
    get wasClean() { return true; }
  };
  globalThis.Blob = class { get size() { return 1; } };
  globalThis.WebSocket = class WebSocket extends EventTarget {
    constructor(url) { super(); this.given = url; }
    get url() { return this.given; }
    get readyState() { return 1; }
    send() {}
  };
  globalThis.Native = WebSocket;
  const sockets = {};
  const open = (name) => { sockets[name] = new WebSocket("ws://feed.test/"); };
  const close = (name, code) => sockets[name].dispatchEvent(new CloseEvent("close", { code }));
`;

/** A document, Chrome's binding in it, and one page of the extension that hears its reports. */
function setup() {
  const closings = new ObservedClosings();
  const told: string[] = [];
  let reports = 0;
  let connections = 0;
  const context = vm.createContext({ EventTarget, Event, WeakMap });
  vm.runInContext(PAGE, context);
  const run = (code: string): unknown => vm.runInContext(code, context);
  return {
    told,
    run,
    reports: () => reports,
    install: () => {
      context[BINDING] = (payload: string): void => {
        reports++;
        const read = readReport({ name: BINDING, payload, executionContextId: 1 });
        const answer = read === undefined ? undefined : closings.take("tab", read.context, read.report);
        if (answer !== undefined && "closing" in answer) told.push(`${answer.connection} ${answer.closing.code}`);
      };
      run(INSTALL);
    },
    open: (name: string) => {
      closings.created("tab", connectionId(++connections), "ws://feed.test/");
      run(`open("${name}")`);
    },
    close: (name: string, code: number) => run(`close("${name}", ${code})`),
  };
}

describe("the observer of closings", () => {
  it("wraps once, however many views install it, and tells each socket’s own code", () => {
    const { install, open, close, told, reports, run } = setup();
    install();
    open("first");
    install();
    expect(run(`${JSON.stringify(BINDING)} in globalThis`)).toBe(false);
    open("second");
    close("second", 4001);
    close("first", 4002);
    expect(told).toEqual(["2 4001", "1 4002"]);
    expect(reports()).toBe(4);
    run(UNINSTALL);
    expect(run("WebSocket === Native")).toBe(true);
  });

  it("tells each socket’s own code where the page hides that one is there, and it wraps twice", () => {
    const { install, open, close, told, run } = setup();
    install();
    open("first");
    run(`{ const { toString } = Function.prototype; Function.prototype.toString = function () { if (typeof this !== "function") throw new TypeError(); return Reflect.apply(toString, this, []); }; }`);
    install();
    open("second");
    close("second", 4001);
    close("first", 4002);
    expect(told).toEqual(["2 4001", "1 4002"]);
  });

  it("can be installed again after it was taken away", () => {
    const { install, open, close, told, run } = setup();
    install();
    run(UNINSTALL);
    open("unseen");
    install();
    open("seen");
    close("seen", 4001);
    expect(told).toEqual(["2 4001"]);
  });
});
