import { epochMilliseconds } from "../../model/units.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import { headerValues } from "../../model/headers.ts";
import { dateOf, headersOf, isRecord, numberOf, textOf } from "./har-values.ts";

/** The parts of an entry, as they were read. */
export interface EntryParts {
  readonly said: ReadonlyMap<string, unknown>;
  readonly request: ReadonlyMap<string, unknown>;
  readonly response: ReadonlyMap<string, unknown>;
  readonly content: ReadonlyMap<string, unknown>;
}

/** The HTTP request of an entry with its answer, where that can have given what a connection uses: a text, or cookies. */
export function httpExchange({ said, request, response, content }: EntryParts): HttpExchange | undefined {
  const url = textOf(request.get("url"));
  const started = dateOf(said.get("startedDateTime"));
  if (!/^https?:/i.test(url) || started === undefined) return undefined;
  const isText = content.get("encoding") !== "base64" && isTextType(textOf(content.get("mimeType")));
  const body = isText ? textOf(content.get("text")) : "";
  const setCookies = headerValues(headersOf(response.get("headers")) ?? [], "set-cookie");
  if (body === "" && setCookies.length === 0) return undefined;
  const postData = request.get("postData");
  const posted = isRecord(postData) ? textOf(postData["text"]) : "";
  return {
    method: textOf(request.get("method")) || "GET",
    url,
    requestHeaders: headersOf(request.get("headers")) ?? [],
    requestBody: posted === "" ? null : posted,
    status: numberOf(response.get("status")) ?? 0,
    body,
    setCookies,
    finishedAt: epochMilliseconds(started + Math.max(0, numberOf(said.get("time")) ?? 0)),
  };
}

/** Whether a script may have read what an answer of this kind holds. */
export const isTextType = (mimeType: string): boolean => mimeType === "" || /json|text\/(?!css)|javascript|xml|urlencoded/i.test(mimeType);
