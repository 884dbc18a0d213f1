import type { Natives } from "../../agent/rules/take-natives.ts";
import type { PageRule } from "../../model/message-rule.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { readObjectId, readProperties, readThrown, readValue } from "../sources/cdp-events.ts";
import { rulesFunction, TAKE_NATIVES, type RulesAgentNames } from "../sources/rules-agent.ts";
import { isNative, nativeOf } from "./page-natives.ts";

/** What V8 calls each of them, but for the clock, which is an object and read by a native function alone, and the accessor of an error of V8's own. */
export const NATIVE_NAMES: Readonly<Record<Exclude<keyof Natives, "clock" | "stackOf" | "setStack">, string>> = {
  construct: "construct",
  apply: "apply",
  defineProperty: "defineProperty",
  property: "getOwnPropertyDescriptor",
  get: "get",
  prototypeOf: "getPrototypeOf",
  setPrototypeOf: "setPrototypeOf",
  stringify: "stringify",
  parse: "parse",
  listen: "addEventListener",
  unlisten: "removeEventListener",
  dispatch: "dispatchEvent",
  stop: "stopImmediatePropagation",
  MadeEvent: "MessageEvent",
  dataOf: "data",
  urlOf: "url",
  stateOf: "readyState",
  messageHandler: "onmessage",
  setMessageHandler: "onmessage",
  closeHandler: "onclose",
  setCloseHandler: "onclose",
  exec: "exec",
  slice: "slice",
  indexOf: "indexOf",
  toText: "String",
  now: "now",
  timer: "setTimeout",
  Signal: "AbortSignal",
  timeout: "timeout",
  getOf: "get",
  setOf: "set",
  isView: "isView",
  bufferLength: "byteLength",
  typedBuffer: "buffer",
  typedOffset: "byteOffset",
  typedLength: "byteLength",
  viewBuffer: "buffer",
  viewOffset: "byteOffset",
  viewLength: "byteLength",
  blobSize: "size",
  Bytes: "Uint8Array",
  Pattern: "RegExp",
  Decoder: "TextDecoder",
  decode: "decode",
  Encoder: "TextEncoder",
  encode: "encode",
  Weak: "WeakMap",
  Mask: "Proxy",
  Errors: "Error",
};
const PUT = "function (name, value) { this[name] = value; }";
/** What the agent answers where the page let nothing be put in its place. */
const FROZEN = "frozen";

/** `control`: the function that the agent is spoken to by; undefined where one is there already. */
export type PutIntoRunning = { readonly control: string | undefined } | { readonly replaced: string };

/**
 * Puts the agent of rules into a realm that runs already. Whatever it calls is looked at before: V8 tells a native function
 * by its source text, whatever the page made of its own. Where the page put one of its own in the place of Chrome's, that is
 * looked for in what the page put there; `replaced` names one that is not to be found, and nothing is put in.
 */
export async function putIntoRunning(api: DebuggerApi, source: DebugSource, place: object, names: RulesAgentNames, rules: readonly PageRule[], objectGroup: string): Promise<PutIntoRunning> {
  const refused = async (replaced: string): Promise<PutIntoRunning> => {
    // The page is not to find it.
    await api.send(source, "Runtime.evaluate", { expression: `delete this[${JSON.stringify(names.binding)}]`, silent: true, ...place });
    return { replaced };
  };
  const taken = await api.send(source, "Runtime.evaluate", { expression: TAKE_NATIVES, objectGroup, silent: true, ...place });
  const objectId = readThrown(taken) === undefined ? readObjectId(taken) : undefined;
  if (objectId === undefined) return await refused("WebSocket");
  const { own } = readProperties(await api.send(source, "Runtime.getProperties", { objectId, ownProperties: true }));
  for (const [key, name] of Object.entries(NATIVE_NAMES)) {
    const value = own.find((one) => one.name === key)?.value;
    if (isNative(value, name)) continue;
    const found = await nativeOf(api, source, value, name);
    // There is another way to wait.
    if (found === undefined && key !== "timer") return await refused(name);
    await api.send(source, "Runtime.callFunctionOn", { objectId, functionDeclaration: PUT, arguments: [{ value: key }, found === undefined ? {} : { objectId: found }], silent: true });
  }
  const made = await api.send(source, "Runtime.callFunctionOn", { objectId, functionDeclaration: rulesFunction(names, rules), objectGroup, silent: true });
  return readThrown(made) !== undefined || readValue(made) === FROZEN ? await refused("WebSocket") : { control: readObjectId(made) };
}
