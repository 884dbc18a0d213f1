import { speakThrough } from "../../agent/speak-through.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { Realms } from "../attach/realms.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { querySockets } from "../earlier/live-sockets.ts";
import { KEPT_GROUP, type PageObject } from "../page-object.ts";
import { readObjectId, readProperties, readValue } from "../sources/cdp-events.ts";
import { findSocketNatives } from "./page-natives.ts";

const READ = `(${speakThrough.toString()})().read`;
const ITSELF = "function () { return this; }";
const OPEN = 1;
const CLOSED = 3;
const GROUP = "framescope-walk";

/**
 * The only socket of a session that has this URL and has not ended, out of a walk through its heap: the page stands still
 * meanwhile. Refuses where there are several, or several connections that could be it (`alike`), and where not all
 * documents could be looked into. The domain is kept for the handle.
 */
export async function findOnlySocket(
  { api, realms }: { readonly api: DebuggerApi; readonly realms: Realms },
  source: DebugSource,
  url: string,
  alike: number,
): Promise<PageObject> {
  if (url === "") throw new Refusal(say("live.not-heard-yet"));
  try {
    const told = await realms.hold(source);
    // Where another page of ours had been told of the documents before, only the top one can be looked into.
    if (told.length === 0) throw new Refusal(say("live.not-whole"));
    const found: { readonly state: number; readonly objectId: string }[] = [];
    for (const { uniqueId } of told) found.push(...(await socketsOf(api, source, { uniqueContextId: uniqueId }, url)));
    const [only] = found;
    if (only === undefined || only.state !== OPEN) throw new Refusal(say("live.no-object"));
    if (found.length > 1 || alike > 1) throw new Refusal(say("live.several", { n: Math.max(found.length, alike) }));
    const kept = readObjectId(await api.send(source, "Runtime.callFunctionOn", { objectId: only.objectId, functionDeclaration: ITSELF, objectGroup: KEPT_GROUP }));
    if (kept === undefined) throw new Refusal(say("live.no-object"));
    return { source, objectId: kept };
  } catch (error) {
    realms.release(source);
    throw error;
  } finally {
    // What was found would be kept alive by it.
    void api.send(source, "Runtime.releaseObjectGroup", { objectGroup: GROUP }).catch(() => {});
  }
}

async function socketsOf(api: DebuggerApi, source: DebugSource, realm: { readonly uniqueContextId: string }, url: string): Promise<{ readonly state: number; readonly objectId: string }[]> {
  const list = await querySockets(api, source, realm, GROUP);
  if (list === undefined) return [];
  const { own } = readProperties(await api.send(source, "Runtime.getProperties", { objectId: list, ownProperties: true }));
  const found: { state: number; objectId: string }[] = [];
  for (const { name, value } of own) {
    if (!/^\d+$/.test(name) || value?.objectId === undefined) continue;
    const { objectId } = value;
    const natives = await findSocketNatives(api, source, objectId);
    if (natives === undefined) throw new Refusal(say("live.replaced", { name: "WebSocket" }));
    const functions = [natives.readyState, natives.url, natives.protocol].map((one) => ({ objectId: one }));
    // The prototype of a subclass is among what is found: Chrome's functions throw at it.
    const read = readValue(await api.send(source, "Runtime.callFunctionOn", { objectId, functionDeclaration: READ, arguments: functions, returnByValue: true, silent: true }));
    const [state, address] = Array.isArray(read) ? (read as unknown[]) : [];
    if (typeof state === "number" && state < CLOSED && address === url) found.push({ state, objectId });
  }
  return found;
}
