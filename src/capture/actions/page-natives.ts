import { KEPT_GROUP } from "../page-object.ts";
import { readProperties, readResult, type PageProperty, type PageValue } from "../sources/cdp-events.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";

/** Handles of Chrome's own functions in one realm. */
export interface SocketNatives {
  readonly send: string;
  readonly close: string;
  readonly readyState: string;
  readonly url: string;
  readonly protocol: string;
}

const METHODS = ["send", "close"] as const;
const GETTERS = ["readyState", "url", "protocol"] as const;
/** Subclasses below WebSocket. */
const MOST_PROTOTYPES = 20;
/** Functions that a page's own `send` may hold the native one in, and how deep. */
const MOST_LOOKED_AT = 60;

/**
 * The native functions of the realm that a socket is of, found at the socket itself: whatever the page has put into
 * `WebSocket`, the prototype with Chrome's own getters stands above each socket. Where the page replaced a method, the
 * native one is looked for in what the page put there (the target of a proxy, what a function closes over); undefined where
 * it is not there either. No script of the page's runs, and nothing of it changes.
 */
export async function findSocketNatives(api: DebuggerApi, source: DebugSource, socketId: string): Promise<SocketNatives | undefined> {
  let objectId: string | undefined = socketId;
  for (let depth = 0; depth < MOST_PROTOTYPES && objectId !== undefined; depth++) {
    const { own, internal } = await propertiesOf(api, source, objectId);
    const found = await nativesIn(api, source, own);
    if (found !== undefined) return found;
    objectId = internal.find(({ name }) => name === "[[Prototype]]")?.value?.objectId;
  }
  return undefined;
}

/** What a message is given to the page's listeners with. */
export interface ReceivingNatives {
  readonly dispatchEvent: string;
  readonly MessageEvent: string;
  readonly Blob: string;
}

/** The same of what makes an event and dispatches it; answers the name of what the page replaced where it is not to be found. */
export async function findReceivingNatives(api: DebuggerApi, source: DebugSource, socketId: string): Promise<ReceivingNatives | string> {
  const found: Record<string, string> = {};
  for (const name of ["MessageEvent", "Blob"]) {
    const value = readResult(await api.send(source, "Runtime.callFunctionOn", { objectId: socketId, functionDeclaration: `function () { return ${name}; }`, objectGroup: KEPT_GROUP }));
    if (!isNative(value, name)) return name;
    found[name] = value.objectId;
  }
  let objectId: string | undefined = socketId;
  for (let depth = 0; depth < MOST_PROTOTYPES && objectId !== undefined; depth++) {
    const { own, internal } = await propertiesOf(api, source, objectId);
    const dispatch = await nativeOf(api, source, own.find(({ name }) => name === "dispatchEvent")?.value, "dispatchEvent");
    if (dispatch !== undefined) return { MessageEvent: found["MessageEvent"] ?? "", Blob: found["Blob"] ?? "", dispatchEvent: dispatch };
    objectId = internal.find(({ name }) => name === "[[Prototype]]")?.value?.objectId;
  }
  return "dispatchEvent";
}

/** The same from a prototype's handle. */
async function nativesIn(api: DebuggerApi, source: DebugSource, own: readonly PageProperty[]): Promise<SocketNatives | undefined> {
  const found: Partial<Record<keyof SocketNatives, string>> = {};
  for (const name of GETTERS) {
    const get = own.find((one) => one.name === name)?.get;
    if (!isNative(get, name)) return undefined;
    found[name] = get.objectId;
  }
  for (const name of METHODS) {
    const native = await nativeOf(api, source, own.find((one) => one.name === name)?.value, name);
    if (native === undefined) return undefined;
    found[name] = native;
  }
  return found as SocketNatives;
}

type Known = PageValue & { readonly objectId: string };

/** V8 gives a native function this source text and no other one: a page's function that answers it from `toString` is told apart. */
export function isNative(value: PageValue | undefined, name: string): value is Known {
  return value?.objectId !== undefined && /^function (?:[gs]et )?(\w+)\(\) \{ \[native code\] \}$/.exec(value.description)?.[1] === name;
}

/** What a page put in the place of a native function may hold it: looked for there; undefined where it does not. */
export async function nativeOf(api: DebuggerApi, source: DebugSource, value: PageValue | undefined, name: string): Promise<string | undefined> {
  const waiting = value === undefined ? [] : [value];
  for (let looked = 0; looked < MOST_LOOKED_AT; looked++) {
    const next = waiting.shift();
    if (next === undefined) return undefined;
    if (isNative(next, name)) return next.objectId;
    if (next.objectId !== undefined) waiting.push(...(await heldBy(api, source, next.objectId)));
  }
  return undefined;
}

/** What a proxy, a bound function or a closure holds. */
async function heldBy(api: DebuggerApi, source: DebugSource, objectId: string): Promise<PageValue[]> {
  const { internal } = await propertiesOf(api, source, objectId);
  const held: PageValue[] = [];
  for (const { name, value } of internal) {
    if (value === undefined) continue;
    if (name === "[[Target]]" || name === "[[TargetFunction]]") held.push(value);
    if (name !== "[[Scopes]]" || value.objectId === undefined) continue;
    const scopes = await propertiesOf(api, source, value.objectId);
    for (const { value: scope } of scopes.own) {
      if (scope?.objectId === undefined || scope.description === "Global") continue;
      const { own } = await propertiesOf(api, source, scope.objectId);
      held.push(...own.flatMap((one) => (one.value !== undefined && one.value.description.startsWith("function") ? one.value : [])));
    }
  }
  return held;
}

async function propertiesOf(api: DebuggerApi, source: DebugSource, objectId: string): Promise<ReturnType<typeof readProperties>> {
  return readProperties(await api.send(source, "Runtime.getProperties", { objectId, ownProperties: true }));
}
