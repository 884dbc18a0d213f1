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

const GROUP = "framescope-live-sockets";

/** A realm; without an id, that of the top document or the worker. */
interface Place {
  readonly uniqueContextId?: string;
}
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
    const maySearch = async (walks: number): Promise<boolean> =>
      !signal.aborted && (mayStandStill || isSmall(readHeapUsage(await api.send(source, "Runtime.getHeapUsage")), walks)) && !signal.aborted;
    // Before the domain is enabled: that is not for nothing either.
    if (!(await maySearch(1))) return undefined;
    isHeld = true;
    const told = await realms.hold(source);
    // Where another page of ours had been told of the documents before, only the top one can be spoken to.
    const isWhole = told.length > 0;
    const places = isWhole ? told.map(({ uniqueId }) => ({ uniqueContextId: uniqueId })) : [{}];
    const prototypes = await Promise.all(places.map((place) => prototypeIn(api, source, place, GROUP)));
    const sockets: LiveSocket[] = [];
    for (const prototype of prototypes) {
      // Right before each: the page runs between the commands, and its heap grows.
      if (!(await maySearch(prototypes.length))) return undefined;
      sockets.push(...(await findOf(api, source, prototype)));
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
export async function querySockets(api: DebuggerApi, source: DebugSource, place: Place, objectGroup: string): Promise<string | undefined> {
  return await queryOf(api, source, await prototypeIn(api, source, place, objectGroup), objectGroup);
}

async function prototypeIn(api: DebuggerApi, source: DebugSource, place: Place, objectGroup: string): Promise<string | undefined> {
  return readObjectId(await api.send(source, "Runtime.evaluate", { expression: "WebSocket.prototype", ...place, objectGroup }));
}

async function queryOf(api: DebuggerApi, source: DebugSource, prototypeObjectId: string | undefined, objectGroup: string): Promise<string | undefined> {
  if (prototypeObjectId === undefined) return undefined;
  return readObjectId(await api.send(source, "Runtime.queryObjects", { prototypeObjectId, objectGroup }), "objects");
}

async function findOf(api: DebuggerApi, source: DebugSource, prototype: string | undefined): Promise<LiveSocket[]> {
  const objectId = await queryOf(api, source, prototype, GROUP);
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
