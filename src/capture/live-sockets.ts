import type { DebuggerApi, DebugSource } from "./debugger-api.ts";

/** A WebSocket object of a page or worker. */
export interface LiveSocket {
  readonly url: string;
  readonly subprotocol: string;
  readonly extensions: string;
}

export interface FoundSockets {
  readonly sockets: readonly LiveSocket[];
  /** Whether every document was looked into. */
  readonly isWhole: boolean;
}

const GROUP = "framescope-live-sockets";
/** Reads attributes only; a page may have replaced anything that it calls. */
const READ = `function () {
  const found = [];
  for (let i = 0; i < this.length; i++) {
    try {
      const socket = this[i];
      if (socket.readyState < 3) found.push([String(socket.url), String(socket.protocol), String(socket.extensions)]);
    } catch {}
  }
  return found;
}`;

/**
 * The sockets that live in a session's documents or worker and are not closed, in no order that means anything.
 * Chrome collects garbage for it: some milliseconds in which the page stands still. Undefined where Chrome would not
 * tell, or did not before `signal` aborted. Leaves the session's Runtime domain disabled unless `keepEnabled`.
 */
export async function findLiveSockets(api: DebuggerApi, source: DebugSource, keepEnabled: boolean, signal: AbortSignal): Promise<FoundSockets | undefined> {
  const contexts: string[] = [];
  const stop = api.onEvent((from, method, params) => {
    if (method !== "Runtime.executionContextCreated" || from.tabId !== source.tabId || from.targetId !== source.targetId || from.sessionId !== source.sessionId) return;
    const { context } = params as { readonly context?: { readonly uniqueId?: unknown } };
    // Each document and each world of another extension's scripts has a WebSocket of its own.
    if (typeof context?.uniqueId === "string") contexts.push(context.uniqueId);
  });
  // A page that never answers must not keep us listening.
  signal.addEventListener("abort", stop);
  try {
    await api.send(source, "Runtime.enable");
    // Chrome tells of documents once. Where the observer, or another page of ours, has enabled the domain before, only
    // the top document can be spoken to.
    const isWhole = contexts.length > 0;
    const places = isWhole ? contexts.map((uniqueContextId) => ({ uniqueContextId })) : [{}];
    const found = await Promise.all(places.map((place) => findInContext(api, source, place)));
    return { sockets: found.flat(), isWhole };
  } catch {
    return undefined;
  } finally {
    stop();
    void api.send(source, "Runtime.releaseObjectGroup", { objectGroup: GROUP }).catch(() => {});
    if (!keepEnabled) void api.send(source, "Runtime.disable").catch(() => {});
  }
}

async function findInContext(api: DebuggerApi, source: DebugSource, place: { readonly uniqueContextId?: string }): Promise<LiveSocket[]> {
  const prototypeObjectId = objectId(
    field(await api.send(source, "Runtime.evaluate", { expression: "WebSocket.prototype", ...place, objectGroup: GROUP }), "result"),
  );
  if (prototypeObjectId === undefined) return [];
  const objects = objectId(field(await api.send(source, "Runtime.queryObjects", { prototypeObjectId, objectGroup: GROUP }), "objects"));
  if (objects === undefined) return [];
  const answer = await api.send(source, "Runtime.callFunctionOn", { objectId: objects, functionDeclaration: READ, returnByValue: true });
  const rows = field(field(answer, "result"), "value");
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) => {
    const [url, subprotocol, extensions] = Array.isArray(row) ? (row as unknown[]) : [];
    return typeof url === "string" && typeof subprotocol === "string" && typeof extensions === "string" ? [{ url, subprotocol, extensions }] : [];
  });
}

const field = (value: unknown, name: string): unknown => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined);

function objectId(value: unknown): string | undefined {
  const id = field(value, "objectId");
  return typeof id === "string" ? id : undefined;
}
