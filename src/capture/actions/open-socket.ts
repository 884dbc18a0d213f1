import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { KEPT_GROUP, type PageObject } from "../earlier/speaking-sockets.ts";
import { readContextId, readMainFrameId, readObjectId, readThrown, readValue } from "../sources/cdp-events.ts";

const WORLD = "framescope";
const CLOSED = 3;

/** What is opened, and the name of the script that does it: the initiator that Chrome tells of. */
export interface OpenRequest {
  readonly url: string;
  readonly subprotocols: readonly string[];
  readonly script: string;
}

/**
 * Opens a socket as the document or worker of a session would: with its Origin, its cookies and under its policies. In a
 * document it is made in a world of its own, where nothing is the page's.
 */
export async function openSocket(api: DebuggerApi, source: DebugSource, isPage: boolean, { url, subprotocols, script }: OpenRequest): Promise<PageObject> {
  const place = isPage ? { contextId: await worldOf(api, source) } : {};
  const expression = `new WebSocket(${JSON.stringify(url)}, ${JSON.stringify(subprotocols)})\n//# sourceURL=${script}\n`;
  const made = await api.send(source, "Runtime.evaluate", { expression, objectGroup: KEPT_GROUP, silent: true, ...place });
  const thrown = readThrown(made);
  if (thrown !== undefined) throw new Refusal(say("live.not-opened", { why: thrown }));
  const objectId = readObjectId(made);
  if (objectId === undefined) throw new Refusal(say("live.no-object"));
  // Where a policy forbids it, no request goes out, and the socket is closed from the beginning.
  const state = readValue(await api.send(source, "Runtime.callFunctionOn", { objectId, functionDeclaration: "function () { return this.readyState; }", returnByValue: true }));
  if (state === CLOSED) throw new Refusal(say("live.forbidden"));
  return { source, objectId };
}

async function worldOf(api: DebuggerApi, source: DebugSource): Promise<number | undefined> {
  const frameId = readMainFrameId(await api.send(source, "Page.getFrameTree"));
  return readContextId(await api.send(source, "Page.createIsolatedWorld", { frameId, worldName: WORLD }));
}
