import { createContext, runInContext, type Context } from "node:vm";
import { rulesFunction, rulesScript, TAKE_NATIVES } from "../../../src/capture/sources/rules-agent.ts";
import type { MessageRule, PageRule } from "../../../src/model/message-rule.ts";
import { pageRule } from "../../../src/query/page-rule.ts";

/** What a browser has and a bare realm of Node's has not; the sockets are told what the server says, and keep what they are sent. */
const BROWSER = `
class Event_ { #d = {}; constructor(type, init = {}) { this.type = type; this.init = init; this.isStopped = false; }
  get isTrusted() { return trusted.has(this); } stopImmediatePropagation() { this.isStopped = true; } }
globalThis.trusted = new WeakSet();
globalThis.arriving = new WeakSet();
{ const { setTimeout: later, now, decode, encode } = host; delete globalThis.host;
globalThis.setTimeout = (run, milliseconds) => later(run, milliseconds);
globalThis.performance = { now: () => now() };
globalThis.TextDecoder = class TextDecoder { decode(bytes) { return decode(bytes); } };
globalThis.TextEncoder = class TextEncoder { encode(text) { return Uint8Array.from(encode(text)); } }; }
globalThis.AbortSignal = class AbortSignal {};
globalThis.Event = Event_;
globalThis.MessageEvent = class MessageEvent extends Event_ { #data; constructor(type, init = {}) { super(type, init); this.#data = init.data; } get data() { return this.#data; } get origin() { return this.init.origin ?? ""; } };
globalThis.EventTarget = class EventTarget { #list = [];
  addEventListener(type, run, options) { if (!(this.list ?? this.#list).some((one) => one.type === type && one.run === run)) this.#list.push({ type, run, once: options?.once === true }); }
  handler(type) { return this.#list.find((one) => one.type === type && one.isHandler)?.run ?? null; }
  setHandler(type, run) {
    const there = this.#list.find((one) => one.type === type && one.isHandler);
    if (run === null) this.#list = this.#list.filter((one) => one !== there);
    else if (there !== undefined) there.run = run;
    else this.#list.push({ type, run, once: false, isHandler: true }); }
  listing() { return this.#list.map(({ type, run, once }) => ({ type, listener: run, once, passive: false, capture: false })); }
  removeEventListener(type, run) { this.#list = this.#list.filter((one) => one.type !== type || one.run !== run || one.isHandler); }
  // As in a browser: what a script dispatches is not trusted, also where it came from the server before.
  dispatchEvent(event) { if (!arriving.delete(event)) trusted.delete(event); event.isStopped = false; for (const one of [...this.#list]) { if (one.type !== event.type) continue; if (one.once) this.removeEventListener(one.type, one.run); typeof one.run === "function" ? one.run.call(this, event) : one.run.handleEvent(event); if (event.isStopped) break; } return true; } };
globalThis.Blob = class Blob { #size = 0; get size() { return this.#size; } };
globalThis.WebSocket = class WebSocket extends EventTarget { #url; #state = 1; wire = [];
  constructor(url) { super(); this.#url = url; } get url() { return this.#url; } get readyState() { return this.#state; }
  get onmessage() { return this.handler("message"); } set onmessage(run) { this.setHandler("message", run); }
  get onclose() { return this.handler("close"); } set onclose(run) { this.setHandler("close", run); }
  send(data) { if (this.#state === 1) this.wire.push(typeof data === "object" ? data : String(data)); }
  close() { this.#state = 3; this.dispatchEvent(new Event("close")); } };
const windowTarget = new EventTarget();
for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
  const native = EventTarget.prototype[name];
  EventTarget.prototype[name] = function (...values) { return native.apply(this === globalThis ? windowTarget : this, values); };
}
globalThis.serverSays = (socket, data) => { const event = new MessageEvent("message", { data }); trusted.add(event); arriving.add(event); socket.dispatchEvent(event); return event; };
`;

export interface RulesPage {
  readonly run: (source: string) => unknown;
  readonly notes: Readonly<Record<string, unknown>>[];
  readonly control: (name: string, value: string, socket?: unknown, theirs?: unknown) => void;
  /** Lets timers run. */
  readonly later: () => Promise<void>;
}

export function rule(part: Partial<MessageRule> & Pick<MessageRule, "action">): PageRule {
  const read = pageRule({ id: "1", name: "rule", direction: "received", filter: "", most: null, ...part });
  if ("problem" in read) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

/**
 * A realm with the agent in it. `before`: what a script of the test's does to the realm before the agent is there;
 * `hasRun`: it runs already, and the agent is given its natives.
 */
export function rulesPage(rules: readonly PageRule[], before = "", { hasRun = false } = {}): RulesPage {
  const notes: Readonly<Record<string, unknown>>[] = [];
  const scope: Context = createContext({
    // Nothing that this realm itself works with: a page of the tests may break whatever it has.
    host: {
      setTimeout: (run: () => void, milliseconds: number) => void setTimeout(run, milliseconds),
      now: () => performance.now(),
      decode: (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
      encode: (text: string) => Array.from(new TextEncoder().encode(text)),
    },
    tell: (text: string) => notes.push(JSON.parse(text) as Readonly<Record<string, unknown>>),
  });
  runInContext(BROWSER, scope);
  runInContext("globalThis.binding = globalThis.tell; delete globalThis.tell;", scope);
  runInContext(before, scope);
  const names = { binding: "binding", secret: "secret" };
  const script = hasRun ? `(${rulesFunction(names, rules)}).call(${TAKE_NATIVES})` : rulesScript(names, rules);
  const control = runInContext(script, scope) as RulesPage["control"];
  return { run: (source) => runInContext(source, scope) as unknown, notes, control, later: () => new Promise((resolve) => setTimeout(resolve, 30)) };
}
