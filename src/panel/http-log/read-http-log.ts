import { headerValues } from "../../model/headers.ts";
import { epochMilliseconds } from "../../model/units.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";

/** Answers that are read, the latest; characters of one; and how long all of them may take. */
const MOST_ANSWERS = 200;
const MOST_CHARACTERS = 2 << 20;
const WITHIN_MS = 3_000;

/** A request as DevTools logged it; the log has its content only on request. */
type Entry = chrome.devtools.network.Request;

/**
 * The HTTP requests of the page whose answers are text, as DevTools' own log has them; none where there is no DevTools (on
 * the app page). Only those that were answered by `until` (milliseconds since 1970) and that scripts read.
 */
export async function readHttpLog(until: number): Promise<readonly HttpExchange[]> {
  const network = (chrome as Partial<typeof chrome>).devtools?.network;
  if (network === undefined) return [];
  const { entries } = await new Promise<{ readonly entries: readonly unknown[] }>((resolve) => network.getHAR(resolve));
  const wanted = (entries as readonly Entry[]).filter((entry) => (isText(entry) || setsCookie(entry)) && finishedAt(entry) <= until).slice(-MOST_ANSWERS);
  const deadline = performance.now() + WITHIN_MS;
  const exchanges: HttpExchange[] = [];
  // The latest first: where the time does not suffice, the oldest are left.
  for (const entry of wanted.toReversed()) {
    if (performance.now() > deadline) break;
    const { request, response } = entry;
    const content = isText(entry) ? await contentOf(entry, deadline - performance.now()) : "";
    const body = content.length > MOST_CHARACTERS ? "" : content;
    if (body === "" && !setsCookie(entry)) continue;
    exchanges.push({
      method: request.method,
      url: request.url,
      requestHeaders: request.headers.map(({ name, value }) => ({ name, value })),
      requestBody: request.postData?.text ?? null,
      status: response.status,
      body,
      setCookies: headerValues(response.headers, "set-cookie"),
      finishedAt: epochMilliseconds(finishedAt(entry)),
    });
  }
  return exchanges;
}

/** A login sets a cookie, and sends the page on. */
const setsCookie = ({ request, response }: Entry): boolean => /^https?:/i.test(request.url) && response.status >= 200 && response.status < 400 && headerValues(response.headers, "set-cookie").length > 0;

const isText = ({ request, response }: Entry): boolean =>
  /^https?:/i.test(request.url) && response.status >= 200 && response.status < 300 && /json|text\/(?!css)|javascript|xml|urlencoded/i.test(response.content.mimeType) && response.content.size <= MOST_CHARACTERS;

const finishedAt = ({ startedDateTime, time }: Entry): number => Date.parse(startedDateTime) + time;

/** Empty where DevTools has it no more, or does not answer in time. */
const contentOf = (entry: Entry, within: number): Promise<string> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(""), within);
    entry.getContent((content, encoding) => {
      clearTimeout(timer);
      resolve(encoding === "base64" ? "" : content ?? "");
    });
  });
