import type { Header } from "../../model/connection.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import { epochMilliseconds } from "../../model/units.ts";

const MOST_EXCHANGES = 2000;

/** The HTTP requests of a HAR whose answers it holds as text. Takes anything that JSON can be; what is no request is left. */
export function harExchanges(har: unknown): readonly HttpExchange[] {
  const entries = listAt(objectAt(objectAt(har)["log"])["entries"]);
  return entries.flatMap(exchangeOf).slice(-MOST_EXCHANGES);
}

function exchangeOf(value: unknown): HttpExchange[] {
  const entry = objectAt(value);
  const request = objectAt(entry["request"]);
  const response = objectAt(entry["response"]);
  const content = objectAt(response["content"]);
  const body = textAt(content["text"]);
  const url = textAt(request["url"]);
  const finished = Date.parse(textAt(entry["startedDateTime"])) + numberAt(entry["time"]);
  if (body === "" || content["encoding"] === "base64" || !/^https?:/i.test(url) || Number.isNaN(finished)) return [];
  const posted = textAt(objectAt(request["postData"])["text"]);
  return [
    {
      method: textAt(request["method"]),
      url,
      requestHeaders: listAt(request["headers"]).map((header): Header => ({ name: textAt(objectAt(header)["name"]), value: textAt(objectAt(header)["value"]) })),
      requestBody: posted === "" ? null : posted,
      status: numberAt(response["status"]),
      body,
      finishedAt: epochMilliseconds(finished),
    },
  ];
}

const objectAt = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {});
const listAt = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textAt = (value: unknown): string => (typeof value === "string" ? value : "");
const numberAt = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? Math.max(0, value) : 0);
