import type { Header, Initiator } from "../../model/connection.ts";
import type { StoredValue } from "../../model/stored-value.ts";
import { OBSERVER_URL } from "./closing-observer.ts";
import { RULES_URL } from "./rules-agent.ts";

/** The parameters of the CDP events that the capture reads, once they have been looked at. */
export interface WebSocketCreated {
  readonly requestId: string;
  readonly url: string;
  readonly initiator: Initiator | undefined;
}

export interface HandshakeRequest {
  readonly requestId: string;
  readonly timestamp: number;
  readonly wallTime: number;
  readonly headers: readonly Header[];
}

export interface HandshakeResponse {
  readonly requestId: string;
  readonly timestamp: number;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly headersText: string | undefined;
  readonly requestHeaders: readonly Header[] | undefined;
  readonly requestHeadersText: string | undefined;
}

export interface WebSocketFrame {
  readonly requestId: string;
  readonly timestamp: number;
  readonly opcode: number;
  readonly mask: boolean;
  readonly payloadData: string;
}

export interface AttachedTarget {
  readonly sessionId: string;
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  /** False where it ran before we attached, so that sockets of its may have been missed. */
  readonly isNew: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** Nothing that Chrome sends is taken on trust: a value of another shape reads as absent, and no reader throws. */
export const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
export const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
export const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** The `requestId` and `timestamp` that the events of a socket share; the id is empty where there is none. */
export function readSocketMoment(params: unknown): { readonly requestId: string; readonly timestamp: number | undefined } {
  const { requestId, timestamp } = fieldsOf(params);
  return { requestId: text(requestId) ?? "", timestamp: number(timestamp) };
}

export function readCreated(params: unknown): WebSocketCreated | undefined {
  const fields = fieldsOf(params);
  const requestId = text(fields["requestId"]);
  if (requestId === undefined) return undefined;
  return { requestId, url: text(fields["url"]) ?? "", initiator: readInitiator(fields["initiator"]) };
}

export function readHandshakeRequest(params: unknown): HandshakeRequest | undefined {
  const fields = fieldsOf(params);
  const requestId = text(fields["requestId"]);
  const timestamp = number(fields["timestamp"]);
  const wallTime = number(fields["wallTime"]);
  if (requestId === undefined || timestamp === undefined || wallTime === undefined) return undefined;
  return { requestId, timestamp, wallTime, headers: readHeaders(fieldsOf(fields["request"])["headers"]) };
}

export function readHandshakeResponse(params: unknown): HandshakeResponse | undefined {
  const fields = fieldsOf(params);
  const requestId = text(fields["requestId"]);
  const timestamp = number(fields["timestamp"]);
  if (requestId === undefined || timestamp === undefined) return undefined;
  const response = fieldsOf(fields["response"]);
  return {
    requestId,
    timestamp,
    status: number(response["status"]) ?? 0,
    statusText: text(response["statusText"]) ?? "",
    headers: readHeaders(response["headers"]),
    headersText: text(response["headersText"]),
    requestHeaders: response["requestHeaders"] === undefined ? undefined : readHeaders(response["requestHeaders"]),
    requestHeadersText: text(response["requestHeadersText"]),
  };
}

export function readFrame(params: unknown): WebSocketFrame | undefined {
  const fields = fieldsOf(params);
  const response = fieldsOf(fields["response"]);
  const requestId = text(fields["requestId"]);
  const timestamp = number(fields["timestamp"]);
  const opcode = number(response["opcode"]);
  const payloadData = text(response["payloadData"]);
  if (requestId === undefined || timestamp === undefined || opcode === undefined || payloadData === undefined) {
    return undefined;
  }
  return { requestId, timestamp, opcode, mask: response["mask"] === true, payloadData };
}

/** Chrome's own words; undefined where it gave none. */
export function readFrameError(params: unknown): string | undefined {
  return text(fieldsOf(params)["errorMessage"]);
}

export function readAttachedTarget(params: unknown): AttachedTarget | undefined {
  const fields = fieldsOf(params);
  const info = fieldsOf(fields["targetInfo"]);
  const sessionId = text(fields["sessionId"]);
  if (sessionId === undefined) return undefined;
  return {
    sessionId,
    targetId: text(info["targetId"]) ?? sessionId,
    type: text(info["type"]) ?? "other",
    url: text(info["url"]) ?? "",
    isNew: fields["waitingForDebugger"] === true,
  };
}

/** The answer of `Target.getTargetInfo`. `openerId`: the target whose page, or a frame in it, opened this tab. */
export function readTargetInfo(answer: unknown): { readonly targetId: string; readonly openerId: string | undefined } | undefined {
  const info = fieldsOf(fieldsOf(answer)["targetInfo"]);
  const targetId = text(info["targetId"]);
  return targetId === undefined ? undefined : { targetId, openerId: text(info["openerId"]) };
}

/** The answer of `Storage.getStorageKey`. */
export const readStorageKey = (answer: unknown): string | undefined => text(fieldsOf(answer)["storageKey"]);

/**
 * The shared worker whose script `Network.requestWillBeSent` asks for: no event speaks of shared workers themselves.
 * Chrome sends the script's request as that of a document of no loader, under the id of the worker's target.
 */
export function readWorkerScript(params: unknown): { readonly targetId: string; readonly url: string } | undefined {
  const fields = fieldsOf(params);
  if (fields["loaderId"] !== "" || fields["type"] !== "Script") return undefined;
  const targetId = text(fields["requestId"]);
  const url = text(fieldsOf(fields["request"])["url"]);
  return targetId === undefined || url === undefined || url !== fields["documentURL"] ? undefined : { targetId, url };
}

export const readSessionId = (params: unknown): string | undefined => text(fieldsOf(params)["sessionId"]);

/** The URL of a navigation of the main frame; undefined for one of a frame inside it. */
export function readMainFrameUrl(params: unknown): string | undefined {
  const frame = fieldsOf(fieldsOf(params)["frame"]);
  return frame["parentId"] === undefined ? text(frame["url"]) : undefined;
}

/** Whether a page has frames of its own process in it, as `Page.getFrameTree` tells. */
export const hasChildFrames = (answer: unknown): boolean => listOf(fieldsOf(fieldsOf(answer)["frameTree"])["childFrames"]).length > 0;

/** The id of the frame that a `Page.getFrameTree` begins with. */
export const readMainFrameId = (answer: unknown): string | undefined => text(fieldsOf(fieldsOf(fieldsOf(answer)["frameTree"])["frame"])["id"]);

/** The documents of a `Page.getFrameTree`, the page's own first. `origin`: null for one that has none of its own. */
export function readFrameTree(answer: unknown): readonly FrameOfTree[] {
  const found: FrameOfTree[] = [];
  const waiting: unknown[] = [fieldsOf(answer)["frameTree"]];
  for (let tree = waiting.shift(); tree !== undefined && found.length < MOST_FRAMES; tree = waiting.shift()) {
    const { frame, childFrames } = fieldsOf(tree);
    const id = text(fieldsOf(frame)["id"]);
    if (id === undefined) continue;
    found.push({ id, url: text(fieldsOf(frame)["url"]) ?? "", origin: text(fieldsOf(frame)["securityOrigin"]) ?? null });
    waiting.push(...listOf(childFrames));
  }
  return found;
}

/** A document of a page, as `Page.getFrameTree` tells of it. */
export interface FrameOfTree {
  readonly id: string;
  readonly url: string;
  readonly origin: string | null;
}

/** Of one page: a list that a person chooses from. */
const MOST_FRAMES = 100;

/** The world of a `Page.createIsolatedWorld`. */
export const readContextId = (answer: unknown): number | undefined => number(fieldsOf(answer)["executionContextId"]);

/** Which document a frame shows (of `Page.frameNavigated`, or `Page.getFrameTree`): another one, another loader. */
export const readLoader = (params: unknown): string | undefined => text(fieldsOf(fieldsOf(params)["frame"])["loaderId"]);

/** Where a frame is about to go, of `Page.frameRequestedNavigation`. */
export const readRequestedUrl = (params: unknown): string => text(fieldsOf(params)["url"]) ?? "";

/** The frame that an event speaks of which gives no more than its id. */
export const readFrameId = (params: unknown): string | undefined => text(fieldsOf(params)["frameId"]);

/** The frame that `Page.frameNavigated` speaks of. */
export function readNavigatedFrame(params: unknown): { readonly id: string; readonly url: string } | undefined {
  const frame = fieldsOf(fieldsOf(params)["frame"]);
  const id = text(frame["id"]);
  const url = text(frame["url"]);
  return id === undefined || url === undefined ? undefined : { id, url };
}

/** A moment in `Performance.getMetrics`' answer, on the clock of all timestamps: of the answer, or of the page's beginning. */
export function readMetric(result: unknown, name: "Timestamp" | "NavigationStart"): number | undefined {
  const metrics = fieldsOf(result)["metrics"];
  if (!Array.isArray(metrics)) return undefined;
  return number(fieldsOf(metrics.find((metric) => fieldsOf(metric)["name"] === name))["value"]);
}

/** Bytes of JavaScript objects, and of documents' and other objects beside them. */
export interface HeapUsage {
  readonly used: number;
  readonly embedder: number;
}

/** The answer of `Runtime.getHeapUsage`. */
export function readHeapUsage(answer: unknown): HeapUsage | undefined {
  const { usedSize, embedderHeapUsedSize } = fieldsOf(answer);
  const used = number(usedSize);
  return used === undefined ? undefined : { used, embedder: number(embedderHeapUsedSize) ?? 0 };
}

/**
 * A `Runtime.executionContextCreated`. Worlds that debuggers made beside a document, as DevTools' own, are none: they
 * have the origin of the page, those of other extensions' scripts have the extension's.
 */
export function readRealm(params: unknown): { readonly id: number; readonly uniqueId: string; readonly isMain: boolean } | undefined {
  const context = fieldsOf(fieldsOf(params)["context"]);
  const id = number(context["id"]);
  const uniqueId = text(context["uniqueId"]);
  if (id === undefined || uniqueId === undefined) return undefined;
  // Of a worker there is nothing to tell beside its own.
  const isMain = fieldsOf(context["auxData"])["isDefault"] !== false;
  return isMain || text(context["origin"])?.startsWith("chrome-extension:") === true ? { id, uniqueId, isMain } : undefined;
}

/** Of a `Runtime.executionContextDestroyed`; no realm has the number -1. */
export const readRealmId = (params: unknown): number => number(fieldsOf(params)["executionContextId"]) ?? -1;

/** How much script a `Page.getResourceTree` tells of, in bytes: files, and documents where it has them; a page's own it has not. */
export function readScriptBytes(answer: unknown): number {
  const ofTree = (tree: Fields): number =>
    listOf(tree["resources"]).reduce((sum, { type, contentSize }) => sum + (type === "Script" || type === "Document" ? (number(contentSize) ?? 0) : 0), 0) +
    listOf(tree["childFrames"]).reduce((sum, child) => sum + ofTree(child), 0);
  return ofTree(fieldsOf(fieldsOf(answer)["frameTree"]));
}

/** The handle of a `Runtime.evaluate`'s result, or of another answer's member of that name. */
export function readObjectId(answer: unknown, member = "result"): string | undefined {
  return text(fieldsOf(fieldsOf(answer)[member])["objectId"]);
}

/** The value of a `Runtime.callFunctionOn` that was asked for by value. */
export const readValue = (answer: unknown): unknown => fieldsOf(fieldsOf(answer)["result"])["value"];

/** The cookies of a `Network.getCookies`, and the storages that `readStorage` answers by value. */
export const readCookies = (answer: unknown): readonly StoredValue[] =>
  listOf(fieldsOf(answer)["cookies"]).flatMap(({ name, value }) => (typeof name === "string" && typeof value === "string" ? { in: "cookie", name, value } : []));

export const readStored = (answer: unknown): readonly StoredValue[] => {
  const value = readValue(answer);
  return (Array.isArray(value) ? value : []).map(fieldsOf).flatMap(({ in: storage, name, value: held }) => ((storage === "localStorage" || storage === "sessionStorage") && typeof name === "string" && typeof held === "string" ? { in: storage, name, value: held } : []));
};

/** A value of the page's, as far as it is known by a handle. */
export interface PageValue {
  readonly objectId: string | undefined;
  /** Of a function its source text, as V8 has it: a page cannot change what is told here. */
  readonly description: string;
}

export interface PageProperty {
  readonly name: string;
  readonly value: PageValue | undefined;
  readonly get: PageValue | undefined;
}

/** The answer of `Runtime.getProperties`: an object's own properties, and what the engine alone knows of it (`[[Prototype]]`). */
export function readProperties(answer: unknown): { readonly own: readonly PageProperty[]; readonly internal: readonly PageProperty[] } {
  const { result, internalProperties } = fieldsOf(answer);
  return { own: listOf(result).map(readProperty), internal: listOf(internalProperties).map(readProperty) };
}

const readProperty = ({ name, value, get }: Fields): PageProperty => ({ name: text(name) ?? "", value: readPageValue(value), get: readPageValue(get) });

function readPageValue(value: unknown): PageValue | undefined {
  const { objectId, description } = fieldsOf(value);
  return value === undefined ? undefined : { objectId: text(objectId), description: text(description) ?? "" };
}

/** The result of a `Runtime.callFunctionOn` that is an object. */
export const readResult = (answer: unknown): PageValue | undefined => readPageValue(fieldsOf(answer)["result"]);

/** The handle of the listener of one type out of a `DOMDebugger.getEventListeners`. */
export const readListener = (answer: unknown, type: string): string | undefined => readObjectId(listOf(fieldsOf(answer)["listeners"]).find((one) => one["type"] === type), "handler");

/** What a page has listen to something, by the handles of the page's own objects. */
export interface PageListener {
  readonly type: string;
  readonly objectId: string;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
}

/** All of a `DOMDebugger.getEventListeners`. */
export const readListeners = (answer: unknown): readonly PageListener[] =>
  listOf(fieldsOf(answer)["listeners"]).flatMap((one) => {
    // Of an object with a `handleEvent`, that is the handler.
    const objectId = readObjectId(one, "originalHandler") ?? readObjectId(one, "handler");
    const type = text(one["type"]);
    return objectId === undefined || type === undefined ? [] : { type, objectId, capture: one["useCapture"] === true, once: one["once"] === true, passive: one["passive"] === true };
  });

/** What a script threw, as Chrome tells it in one line; undefined where it threw nothing. */
export function readThrown(answer: unknown): string | undefined {
  const details = fieldsOf(answer)["exceptionDetails"];
  if (details === undefined) return undefined;
  const { exception, text: words } = fieldsOf(details);
  return (text(fieldsOf(exception)["description"]) ?? text(words) ?? "").split("\n")[0] ?? "";
}

export const readBreakpointId = (answer: unknown): string | undefined => text(fieldsOf(answer)["breakpointId"]);

/** CDP's header object; the values of a header that came several times are joined by line feeds. */
export function readHeaders(value: unknown): Header[] {
  return Object.entries(fieldsOf(value)).flatMap(([name, values]) =>
    String(values)
      .split("\n")
      .map((one) => ({ name, value: one })),
  );
}

const AGENTS: ReadonlySet<unknown> = new Set([OBSERVER_URL, RULES_URL]);

/** The innermost place in a script of the page that led to the socket; CDP counts lines and columns from 0. */
export function readInitiator(value: unknown): Initiator | undefined {
  const initiator = fieldsOf(value);
  for (let stack = fieldsOf(initiator["stack"]); ; stack = fieldsOf(stack["parent"])) {
    const frames = stack["callFrames"];
    if (!Array.isArray(frames)) return undefined;
    if (frames.length === 0) continue;
    // An agent of ours stands between a script and the socket that it makes.
    const frame = fieldsOf(frames.find((one) => !AGENTS.has(fieldsOf(one)["url"])));
    if (frame["url"] === undefined) continue;
    return {
      functionName: text(frame["functionName"]) ?? "",
      url: text(frame["url"]) ?? "",
      line: (number(frame["lineNumber"]) ?? 0) + 1,
      column: (number(frame["columnNumber"]) ?? 0) + 1,
    };
  }
}
