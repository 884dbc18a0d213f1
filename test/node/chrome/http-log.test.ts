import { setImmediate } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { HttpLog } from "../../../src/node/chrome/http-log.ts";
import { epochMilliseconds } from "../../../src/model/units.ts";
import { FakeDebugger } from "../../capture/fake-debugger.ts";

const TAB = { tabId: 1 };
const MOST_BODY = 2 << 20;
const toEpoch = (time: number) => epochMilliseconds(1_000_000 + time * 1000);

interface Told {
  readonly id: string;
  readonly url?: string;
  readonly method?: string;
  readonly status?: number;
  readonly mimeType?: string;
  readonly from?: number;
  readonly to?: number;
  readonly posted?: string;
  /** Bytes of the answer, in two parts. */
  readonly bytes?: number;
  /** Headers on the wire, told beside it. */
  readonly wired?: { readonly request: Record<string, string>; readonly response: Record<string, string> };
}

function setUp() {
  const api = new FakeDebugger();
  const log = new HttpLog(api);
  const bodies = new Map<string, object>();
  api.answers.set("Network.getResponseBody", (_source, params) => bodies.get((params as { requestId: string }).requestId) ?? {});
  const emit = (method: string, params: object): void => api.emit(TAB, `Network.${method}`, params);
  const ask = ({ id, url = `https://shop.test/${id}`, method = "GET", from = 1, posted }: Told, redirect: object = {}): void =>
    emit("requestWillBeSent", { requestId: id, timestamp: from, wallTime: 0, request: { url, method, headers: { "X-App": "shop" }, ...(posted !== undefined && { postData: posted }) }, ...redirect });
  const answer = ({ id, status = 200, mimeType = "application/json", to = 2, bytes = 0, wired }: Told): void => {
    if (wired !== undefined) emit("requestWillBeSentExtraInfo", { requestId: id, headers: wired.request });
    if (wired !== undefined) emit("responseReceivedExtraInfo", { requestId: id, headers: wired.response });
    emit("responseReceived", { requestId: id, hasExtraInfo: wired !== undefined, response: { status, mimeType, headers: {} } });
    for (const dataLength of [1, bytes - 1]) emit("dataReceived", { requestId: id, dataLength });
    emit("loadingFinished", { requestId: id, timestamp: to });
  };
  const exchange = (told: Told, body: object): void => {
    bodies.set(told.id, body);
    ask(told);
    answer(told);
  };
  return { api, log, emit, ask, answer, exchange, bodies };
}

it("has requests and answers that are text, as they went over the wire, by the time at which they were there", async () => {
  const { api, log, exchange } = setUp();
  exchange({ id: "later", from: 3, to: 4 }, { body: "[1]" });
  exchange({ id: "auth", method: "POST", posted: '{"a":1}', wired: { request: { Cookie: "a=b", "X-App": "shop" }, response: { "Set-Cookie": "s=1\nt=2" } } }, { body: '{"token":"t"}' });
  expect(await log.end(toEpoch)).toEqual([
    { method: "POST", url: "https://shop.test/auth", requestHeaders: [{ name: "Cookie", value: "a=b" }, { name: "X-App", value: "shop" }], requestBody: '{"a":1}', status: 200, body: '{"token":"t"}', setCookies: ["s=1", "t=2"], finishedAt: 1_002_000 },
    { method: "GET", url: "https://shop.test/later", requestHeaders: [{ name: "X-App", value: "shop" }], requestBody: null, status: 200, body: "[1]", setCookies: [], finishedAt: 1_004_000 },
  ]);
  expect(api.listeners).toBe(0);
});

it("has the cookie of an answer that sends the page on, with each request's own headers", async () => {
  const { log, emit, ask, answer } = setUp();
  // Chrome tells of these before the request at times.
  emit("requestWillBeSentExtraInfo", { requestId: "login", headers: { "X-First": "1" } });
  ask({ id: "login", method: "POST", from: 1 });
  emit("responseReceivedExtraInfo", { requestId: "login", headers: { "set-cookie": "session=abc" } });
  ask({ id: "login", url: "https://shop.test/home", from: 1.5 }, { redirectHasExtraInfo: true, redirectResponse: { status: 302, mimeType: "", headers: {} } });
  answer({ id: "login", mimeType: "image/png", wired: { request: { "X-Second": "2" }, response: {} } });
  expect(await log.end(toEpoch)).toMatchObject([{ method: "POST", url: "https://shop.test/login", requestHeaders: [{ name: "X-First", value: "1" }], status: 302, setCookies: ["session=abc"], body: "", finishedAt: 1_001_500 }]);
});

it("leaves out what gives nothing: failures, other kinds, bytes, what is too long, what Chrome has no more, what is no HTTP", async () => {
  const { api, log, exchange, ask, emit } = setUp();
  exchange({ id: "image", mimeType: "image/png" }, { body: "x" });
  exchange({ id: "refused", status: 403 }, { body: "x" });
  exchange({ id: "bytes" }, { body: "AAAA", base64Encoded: true });
  exchange({ id: "long" }, { body: "x".repeat(MOST_BODY + 1) });
  exchange({ id: "longer", bytes: MOST_BODY + 1 }, { body: "x" });
  exchange({ id: "local", url: "data:application/json,1" }, { body: "1" });
  ask({ id: "failed" });
  emit("loadingFailed", { requestId: "failed" });
  expect(api.commands.map(({ params }) => (params as { requestId?: string }).requestId)).toEqual(["bytes", "long"]);
  api.failures.set("Network.getResponseBody", "No resource with given identifier found");
  exchange({ id: "gone" }, { body: "x" });
  for (const nonsense of [null, {}, { requestId: 5, request: "x" }, { requestId: "odd", timestamp: "x", request: { url: "https://a.test/", headers: 5 } }]) {
    for (const method of ["requestWillBeSent", "requestWillBeSentExtraInfo", "responseReceived", "responseReceivedExtraInfo", "loadingFinished", "loadingFailed"]) api.emit(TAB, `Network.${method}`, nonsense);
  }
  expect(await log.end(toEpoch)).toEqual([]);
});

it("forgets the oldest where there are too many", async () => {
  const { log, exchange } = setUp();
  for (let i = 0; i < 600; i++) exchange({ id: String(i), from: i, to: i + 0.5 }, { body: "1" });
  await setImmediate();
  const urls = (await log.end(toEpoch)).map(({ url }) => url);
  expect([urls.length, urls[0]]).toEqual([500, "https://shop.test/100"]);
});

it("keeps no more characters than it may, whenever the answers come", async () => {
  const { log, ask, answer, bodies } = setUp();
  const ids = Array.from({ length: 40 }, (_, i) => String(i));
  const body = "x".repeat(MOST_BODY);
  for (const id of ids) ask({ id, from: Number(id) });
  for (const id of ids) {
    bodies.set(id, { body });
    answer({ id, to: 100 + Number(id), bytes: body.length });
  }
  // One that is told to be there twice is counted once.
  answer({ id: "39", to: 140 });
  const kept = await log.end(toEpoch);
  expect(kept.map(({ url }) => url)).toEqual(ids.slice(-16).map((id) => `https://shop.test/${id}`));
});

it("asks for few answers at a time, and for each in its turn", async () => {
  const { api, log, exchange, bodies } = setUp();
  const send = vi.spyOn(api, "send");
  let underWay = 0;
  let most = 0;
  send.mockImplementation(async (_source, _method, params) => {
    most = Math.max(most, ++underWay);
    await setImmediate();
    underWay--;
    return bodies.get((params as { requestId: string }).requestId);
  });
  for (let i = 0; i < 100; i++) exchange({ id: String(i), to: i }, { body: "1" });
  expect(await log.end(toEpoch)).toHaveLength(100);
  expect(most).toBe(16);
});

it("waits for no answer for ever", async () => {
  const { api, log, exchange } = setUp();
  api.silent.add("Network.getResponseBody");
  exchange({ id: "hangs" }, { body: "1" });
  expect(await log.end(toEpoch)).toEqual([]);
});
