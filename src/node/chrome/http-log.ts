import type { DebuggerApi, DebugSource } from "../../capture/debugger-api.ts";
import { fieldsOf, number, readHeaders, text } from "../../capture/sources/cdp-events.ts";
import { readRequestId, readTimestamp, readWireHeaders } from "../../capture/sources/stream-events.ts";
import { isTextType } from "../../format/har/http-exchange.ts";
import type { Header } from "../../model/connection.ts";
import { headerValues } from "../../model/headers.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import { monotonicSeconds, type EpochMilliseconds, type MonotonicSeconds } from "../../model/units.ts";

/** Bytes of HTTP that Chrome is to hold: an answer is asked for as soon as it is whole. */
export const HELD_HTTP = { maxTotalBufferSize: 1 << 26, maxResourceBufferSize: 1 << 23, maxPostDataSize: 1 << 16 };

/** Requests that are remembered, the latest, and characters of their answers. */
const MOST_REQUESTS = 500;
const MOST_CHARACTERS = 32 << 20;
/** Bytes of an answer, as a page has it: a longer one is not asked for, and no text has more characters than bytes. */
const MOST_BODY = 2 << 20;
/** Answers that are asked for at a time: each may be as long as that. */
const MOST_READING = 16;
/** Headers of requests that Chrome has not told of yet, or never does, as those of sockets. */
const MOST_EARLY = 64;
/** What was asked for last may still be on its way. */
const MOST_WAIT_MS = 1000;

/** Before and after a redirection: each is a request with its answer. */
interface Hop {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly posted: string | null;
  status: number;
  mimeType: string;
  answerHeaders: readonly Header[];
  /** Its headers as they went over the wire, cookies and all, are told beside it. */
  isWired: boolean;
  finishedAt: MonotonicSeconds | undefined;
  /** That came of its answer until now. */
  bytes: number;
  body: string;
}

type Side = "request" | "response";
type Wired = Record<Side, (readonly Header[])[]>;

interface Asked {
  readonly hops: Hop[];
  readonly wired: Wired;
}

/**
 * The HTTP requests of a tab that is recorded whose answers can have given what a connection uses, as DevTools' own log has them
 * for the panel: texts, and what sets cookies. It only listens, and asks for a text once that is whole. Memory: at most
 * 32 Mi characters of answers and 16 that are on their way, of 2 MiB each; the oldest requests are forgotten.
 */
export class HttpLog {
  readonly #api: DebuggerApi;
  readonly #forget: () => void;
  readonly #asked = new Map<string, Asked>();
  readonly #early = new Map<string, Wired>();
  readonly #reading = new Set<Promise<void>>();
  /** Requests of `#asked` whose answers are asked for as soon as fewer are on their way, and what asks for them. */
  readonly #waiting = new Map<string, () => Promise<void>>();
  #characters = 0;

  constructor(api: DebuggerApi) {
    this.#api = api;
    this.#forget = api.onEvent((source, method, params) => this.#take(source, method, params));
  }

  /** Listens no more; resolves with what was answered, the earliest first, once what is on its way is there or a second has passed. */
  async end(toEpoch: (time: MonotonicSeconds) => EpochMilliseconds | undefined): Promise<readonly HttpExchange[]> {
    this.#forget();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#allRead(), new Promise((resolve) => (timer = setTimeout(resolve, MOST_WAIT_MS)))]);
    clearTimeout(timer);
    this.#waiting.clear();
    return [...this.#asked.values()].flatMap((asked) => exchangesOf(asked, toEpoch)).toSorted((a, b) => a.finishedAt - b.finishedAt);
  }

  #take(source: DebugSource, method: string, params: unknown): void {
    switch (method) {
      case "Network.requestWillBeSent":
        return this.#ask(params);
      case "Network.requestWillBeSentExtraInfo":
        return this.#wire("request", params);
      case "Network.responseReceived":
        return this.#answer(params);
      case "Network.responseReceivedExtraInfo":
        return this.#wire("response", params);
      case "Network.dataReceived":
        return this.#count(params);
      case "Network.loadingFinished":
        return this.#finish(source, params);
      case "Network.loadingFailed":
        return this.#leaveOut(readRequestId(params));
    }
  }

  #ask(params: unknown): void {
    const id = readRequestId(params);
    const fields = fieldsOf(params);
    const request = fieldsOf(fields["request"]);
    const url = text(request["url"]) ?? "";
    if (!/^https?:/i.test(url)) return;
    const asked = this.#asked.get(id) ?? { hops: [], wired: this.#early.get(id) ?? { request: [], response: [] } };
    this.#early.delete(id);
    const before = asked.hops.at(-1);
    if (before !== undefined && fields["redirectResponse"] !== undefined) {
      noteAnswer(before, fields["redirectResponse"], fields["redirectHasExtraInfo"]);
      before.finishedAt = momentOf(params);
    }
    asked.hops.push({ method: text(request["method"]) ?? "GET", url, headers: readHeaders(request["headers"]), posted: text(request["postData"]) ?? null, status: 0, mimeType: "", answerHeaders: [], isWired: false, finishedAt: undefined, bytes: 0, body: "" });
    // As the latest of all.
    this.#asked.delete(id);
    this.#asked.set(id, asked);
    this.#dropOldest();
  }

  /** In the session of a page also of a worker's requests: a request is known by its id alone. */
  #wire(side: Side, params: unknown): void {
    const id = readRequestId(params);
    const { headers } = readWireHeaders(params);
    const wired = this.#asked.get(id)?.wired ?? this.#early.get(id) ?? { request: [], response: [] };
    wired[side].push(headers);
    if (this.#asked.has(id)) return;
    this.#early.set(id, wired);
    if (this.#early.size > MOST_EARLY) this.#early.delete(this.#early.keys().next().value as string);
  }

  #answer(params: unknown): void {
    const { response, hasExtraInfo } = fieldsOf(params);
    const hop = this.#asked.get(readRequestId(params))?.hops.at(-1);
    if (hop !== undefined) noteAnswer(hop, response, hasExtraInfo);
  }

  #count(params: unknown): void {
    const hop = this.#asked.get(readRequestId(params))?.hops.at(-1);
    if (hop !== undefined) hop.bytes += number(fieldsOf(params)["dataLength"]) ?? 0;
  }

  #finish(source: DebugSource, params: unknown): void {
    const id = readRequestId(params);
    const asked = this.#asked.get(id);
    const hop = asked?.hops.at(-1);
    if (asked === undefined || hop === undefined) return;
    hop.finishedAt = momentOf(params);
    if (!isRead(hop)) return this.#leaveOut(id);
    this.#waiting.set(id, () =>
      this.#api.send(source, "Network.getResponseBody", { requestId: id }).then(
        (answer) => {
          const { body, base64Encoded } = fieldsOf(answer);
          const content = base64Encoded === true ? "" : (text(body) ?? "");
          if (content.length > MOST_BODY || this.#asked.get(id) !== asked) return;
          this.#characters += content.length - hop.body.length;
          hop.body = content;
          this.#dropOldest();
        },
        // The page went elsewhere, or it was too long: Chrome has it no more.
        () => this.#leaveOut(id),
      ),
    );
    this.#read();
  }

  /** Asks for answers that wait, the latest last. */
  #read(): void {
    for (const [id, ask] of this.#waiting) {
      if (this.#reading.size >= MOST_READING) return;
      this.#waiting.delete(id);
      const reading = ask();
      this.#reading.add(reading);
      void reading.then(() => {
        this.#reading.delete(reading);
        this.#read();
      });
    }
  }

  async #allRead(): Promise<void> {
    while (this.#reading.size > 0) await Promise.all(this.#reading);
  }

  /** Forgets a request of which nothing is of use: most are images, scripts and styles. */
  #leaveOut(id: string): void {
    const asked = this.#asked.get(id);
    if (asked === undefined || asked.hops.some(({ body }) => body !== "") || setsCookies(asked)) return;
    // What is told on the wire may come last.
    if (asked.wired.response.length >= asked.hops.filter(({ isWired }) => isWired).length) this.#drop(id);
  }

  #drop(id: string): void {
    for (const { body } of this.#asked.get(id)?.hops ?? []) this.#characters -= body.length;
    this.#asked.delete(id);
    this.#waiting.delete(id);
  }

  #dropOldest(): void {
    while (this.#asked.size > MOST_REQUESTS || this.#characters > MOST_CHARACTERS) this.#drop(this.#asked.keys().next().value as string);
  }
}

function noteAnswer(hop: Hop, response: unknown, hasExtraInfo: unknown): void {
  const { status, mimeType, headers } = fieldsOf(response);
  hop.status = number(status) ?? 0;
  hop.mimeType = text(mimeType) ?? "";
  hop.answerHeaders = readHeaders(headers);
  hop.isWired = hasExtraInfo === true;
}

/** Whether what was answered is a text that scripts read, and none that nobody looks through. */
const isRead = ({ status, mimeType, bytes }: Hop): boolean => status >= 200 && status < 300 && isTextType(mimeType) && bytes <= MOST_BODY;

const setsCookies = ({ hops, wired }: Asked): boolean => [...hops.map(({ answerHeaders }) => answerHeaders), ...wired.response].some((headers) => headerValues(headers, "set-cookie").length > 0);

function exchangesOf({ hops, wired }: Asked, toEpoch: (time: MonotonicSeconds) => EpochMilliseconds | undefined): HttpExchange[] {
  let told = 0;
  return hops.flatMap(({ method, url, headers, posted, status, answerHeaders, isWired, finishedAt, body }) => {
    const place = isWired ? told++ : undefined;
    const [requestHeaders = headers, responseHeaders = answerHeaders] = place === undefined ? [] : [wired.request[place], wired.response[place]];
    const time = finishedAt && toEpoch(finishedAt);
    const setCookies = headerValues(responseHeaders, "set-cookie");
    if (time === undefined || (body === "" && setCookies.length === 0)) return [];
    return [{ method, url, requestHeaders, requestBody: posted, status, body, setCookies, finishedAt: time }];
  });
}

function momentOf(params: unknown): MonotonicSeconds | undefined {
  const time = readTimestamp(params);
  return time === undefined ? undefined : monotonicSeconds(time);
}
