import { readSockets } from "../../agent/read-sockets.ts";
import { readHeapUsage, readObjectId, readValue, type HeapUsage } from "../sources/cdp-events.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import type { Realms } from "../attach/realms.ts";

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

/**
 * What is looked through without being asked to. Chrome collects all garbage and walks the whole heap, once for each
 * document: 30 ms where there is next to nothing, and up to 70 ms more for each megabyte of small objects that are
 * linked in no order. So this much takes 100 ms.
 */
const MOST_WALKED_BYTES = 2_000_000;
/** Nodes of documents and the like: 4 ms a megabyte. */
const MOST_EMBEDDER_BYTES = 8_000_000;

const NO_MATTER: HeapUsage = { used: 0, embedder: 0 };

const GROUP = "framescope-live-sockets";
const READ = `function () { return (${readSockets.toString()})(this); }`;

/**
 * The sockets that live in a session's documents or worker and are not closed, in no order that means anything. The page
 * stands still meanwhile: some milliseconds, or as long as it takes where it `mayStandStill`. Undefined where that would
 * be too long, where Chrome would not tell, or did not before `signal` aborted.
 */
export async function findLiveSockets(
  { api, realms }: { readonly api: DebuggerApi; readonly realms: Realms },
  source: DebugSource,
  { mayStandStill, signal }: { readonly mayStandStill: boolean; readonly signal: AbortSignal },
): Promise<FoundSockets | undefined> {
  // A page that never answers must not have the domain held for ever.
  let isHeld = false;
  const release = (): void => {
    if (isHeld) realms.release(source);
    isHeld = false;
  };
  signal.addEventListener("abort", release);
  try {
    const usage = mayStandStill ? NO_MATTER : readHeapUsage(await api.send(source, "Runtime.getHeapUsage"));
    // Before the domain is enabled: that is not for nothing either.
    if (!isSmall(usage, 1) || signal.aborted) return undefined;
    isHeld = true;
    const told = await realms.hold(source);
    // Where another page of ours had been told of the documents before, only the top one can be spoken to.
    const isWhole = told.length > 0;
    const places = isWhole ? told.map(({ uniqueId }) => ({ uniqueContextId: uniqueId })) : [{}];
    if (!isSmall(usage, places.length)) return undefined;
    const sockets: LiveSocket[] = [];
    for (const place of places) {
      if (signal.aborted) return undefined;
      sockets.push(...(await findInRealm(api, source, place)));
    }
    return { sockets, isWhole };
  } catch {
    return undefined;
  } finally {
    if (isHeld) void api.send(source, "Runtime.releaseObjectGroup", { objectGroup: GROUP }).catch(() => {});
    release();
  }
}

function isSmall(usage: HeapUsage | undefined, walks: number): boolean {
  return usage !== undefined && usage.used * walks <= MOST_WALKED_BYTES && usage.embedder * walks <= MOST_EMBEDDER_BYTES;
}

/** A list of all sockets in a realm, by its handle: Chrome walks the whole heap for it. */
export async function querySockets(api: DebuggerApi, source: DebugSource, place: { readonly uniqueContextId?: string }, objectGroup: string): Promise<string | undefined> {
  const prototypeObjectId = readObjectId(await api.send(source, "Runtime.evaluate", { expression: "WebSocket.prototype", ...place, objectGroup }));
  if (prototypeObjectId === undefined) return undefined;
  return readObjectId(await api.send(source, "Runtime.queryObjects", { prototypeObjectId, objectGroup }), "objects");
}

async function findInRealm(api: DebuggerApi, source: DebugSource, place: { readonly uniqueContextId?: string }): Promise<LiveSocket[]> {
  const objectId = await querySockets(api, source, place, GROUP);
  if (objectId === undefined) return [];
  const rows = readValue(await api.send(source, "Runtime.callFunctionOn", { objectId, functionDeclaration: READ, returnByValue: true }));
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row) => readLiveSocket(row) ?? []);
}

/** Reads what the page's objects tell: URL, subprotocol and extensions. */
export function readLiveSocket(row: unknown): LiveSocket | undefined {
  const [url, subprotocol, extensions] = Array.isArray(row) ? (row as unknown[]) : [];
  return typeof url === "string" && typeof subprotocol === "string" && typeof extensions === "string" ? { url, subprotocol, extensions } : undefined;
}

/** Nothing that can be seen tells them apart. */
export const isAlike = (one: LiveSocket, other: LiveSocket): boolean =>
  one.url === other.url && one.subprotocol === other.subprotocol && one.extensions === other.extensions;
