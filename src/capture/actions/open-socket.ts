import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { KEPT_GROUP, type PageObject } from "../page-object.ts";
import { readContextId, readObjectId, readThrown, readValue } from "../sources/cdp-events.ts";

const WORLD = "framescope";
const CLOSED = 3;

/** What is opened, and the name of the script that does it: the initiator that Chrome tells of. */
export interface OpenRequest {
  readonly url: string;
  readonly subprotocols: readonly string[];
  readonly script: string;
  /** The place that it is opened in has no other use: it ends with the socket. */
  readonly endsPlace: boolean;
}

/**
 * Opens a socket as a document or worker would: with its Origin, its cookies and under its policies. `contextId`: the world
 * of ours in a document, where nothing is the page's; undefined in a worker.
 */
export async function openSocket(api: DebuggerApi, source: DebugSource, contextId: number | undefined, { url, subprotocols, script, endsPlace }: OpenRequest): Promise<PageObject> {
  const place = contextId === undefined ? {} : { contextId };
  const made = `new WebSocket(${JSON.stringify(url)}, ${JSON.stringify(subprotocols)})`;
  const expression = `${endsPlace ? `(() => { const socket = ${made}; socket.addEventListener("close", () => setTimeout(close, 0)); return socket; })()` : made}\n//# sourceURL=${script}\n`;
  const answer = await api.send(source, "Runtime.evaluate", { expression, objectGroup: KEPT_GROUP, silent: true, ...place });
  const thrown = readThrown(answer);
  if (thrown !== undefined) throw new Refusal(say("live.not-opened", { why: thrown }));
  const objectId = readObjectId(answer);
  if (objectId === undefined) throw new Refusal(say("live.no-object"));
  // Where a policy forbids it, no request goes out, and the socket is closed from the beginning.
  const state = readValue(await api.send(source, "Runtime.callFunctionOn", { objectId, functionDeclaration: "function () { return this.readyState; }", returnByValue: true }));
  if (state === CLOSED) throw new Refusal(say("live.forbidden"));
  return { source, objectId };
}

/** A world of ours in the document of a frame. */
export async function worldOf(api: DebuggerApi, source: DebugSource, frameId: string): Promise<number | undefined> {
  return readContextId(await api.send(source, "Page.createIsolatedWorld", { frameId, worldName: WORLD }));
}
