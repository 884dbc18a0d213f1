import { headerValues } from "../../model/headers.ts";
import type { Header } from "../../model/connection.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import { say, type Told } from "../../model/said.ts";
import type { StoredValue } from "../../model/stored-value.ts";
import { cookiesSent, goesTo } from "../origins/cookie-pairs.ts";
import { decodedUri } from "../percent-encoding.ts";
import { findOrigins, findPlace, isDrawn, pathText, type IsCookie, type Origin, type Place } from "../origins/find-origin.ts";
import type { Phrases } from "./phrases.ts";
import { headersThatMatter } from "./headers.ts";
import type { SecretPlace } from "./secrets.ts";
import type { GivenSecret, HeardSecret, Script, Source, Variable, VariableOrigin } from "./script.ts";

/** A message of the server that holds a secret before the page used it. */
export interface EarlierMessage {
  /** As the table counts. */
  readonly number: number;
  /** Of another connection: its URL; null where it is of the same. */
  readonly url: string | null;
  readonly text: string;
}

/** In which message a secret first stood, of those before row `before`, or where that is null before the connection opened. */
export type FindEarlier = (secret: string, before: number | null) => EarlierMessage | undefined;

/** In what it can be found where a secret came from. */
export interface OriginPlaces {
  readonly exchanges: readonly HttpExchange[];
  /** In milliseconds since 1970. */
  readonly openedAt: number;
  /** The connection's. */
  readonly url: string;
  readonly requestHeaders: readonly Header[];
  readonly findEarlier: FindEarlier;
  /** What the browser holds for the page now. */
  readonly stored: readonly StoredValue[];
}

/** A request may need a token of another, and that no further. */
const LONGEST_CHAIN = 2;

/**
 * Where the secrets of `phrases` came from, which gets those that requests for them need in turn: answers of HTTP first, then
 * messages, then cookies, then what the browser stores.
 */
export function findSources(phrases: Phrases, places: OriginPlaces): Pick<Script, "sources" | "heard" | "origins"> {
  const { exchanges, openedAt } = places;
  const found = new Map<HttpExchange, GrowingSource>();
  const heard: HeardSecret[] = [];
  const known: VariableOrigin[] = [];
  const note = (variable: Variable, from: readonly Told[], answers: readonly HttpExchange[]): void => void known.push({ variable, from, answers, messages: phrases.messagesOf(variable) });
  const asked = new Set<Variable>();
  const underWay = new Set<Variable>();
  const ask = (variable: Variable, usedBy: Pick<HttpExchange, "url" | "requestHeaders">, before: number, depth: number): void => {
    if (asked.has(variable) || depth > LONGEST_CHAIN) return;
    asked.add(variable);
    const { secret, place: use } = phrases.secretOf(variable);
    const origins = findOrigins(secret, exchanges, before, isCookieHeader(use) ? cookieOf(secret, usedBy) : undefined).slice(0, MOST_NAMED);
    const [latest] = origins;
    if (latest === undefined) return askOthers(variable);
    const { exchange, place, isEncoded } = latest;
    const from = origins.map(describeOrigin);
    note(variable, from, origins.map((origin) => origin.exchange));
    // The next one may have what a URL must have encoded, also where this one had not; a cookie is given on as it is.
    const given = { variable, place, isEncoded: isEncoded || (place.in !== "cookie" && phrases.isOfUrls(variable)), from };
    const source = found.get(exchange);
    if (source !== undefined) return void source.given.push(given);
    const request = requestOf(exchange, phrases);
    const needed = variablesOf(request);
    underWay.add(variable);
    // What it needs itself comes before it; what needs each other cannot be had anew.
    if (!needed.some((one) => underWay.has(one))) {
      for (const one of needed) ask(one, exchange, exchange.finishedAt - 1, depth + 1);
      found.set(exchange, { ...request, given: [given] });
    }
    underWay.delete(variable);
  };
  const askOthers = (variable: Variable): void => {
    const message = originMessage(phrases, variable, places);
    if (message !== undefined) {
      note(variable, message.from, []);
      if (message.isHeard) heard.push(message);
      return;
    }
    const cookie = originCookie(phrases, variable, places);
    const from = cookie === undefined ? storedOrigins(phrases, variable, places) : [say("snippet.from-cookie", { name: cookie })];
    if (from.length > 0) note(variable, from, []);
  };
  for (const variable of phrases.variables) ask(variable, places, openedAt, 1);
  return { sources: [...found.values()], heard, origins: known };
}

/** What set a cookie of this value that a request had: one of its name that goes to its host. */
function cookieOf(value: string, { url, requestHeaders }: Pick<HttpExchange, "url" | "requestHeaders">): IsCookie {
  const names = new Set(cookiesSent(requestHeaders).flatMap((cookie) => (cookie.value === value ? [cookie.name] : [])));
  return (cookie, from) => (names.size === 0 || names.has(cookie.name)) && goesTo(cookie, from, url);
}

interface GrowingSource extends Source {
  readonly given: GivenSecret[];
}

/** `isHeard`: on the connection itself. */
function originMessage(phrases: Phrases, variable: Variable, { findEarlier }: OriginPlaces): (HeardSecret & { readonly isHeard: boolean }) | undefined {
  const { secret, place } = phrases.secretOf(variable);
  if (!isDrawn(secret) || place.in === "request header" || place.in === "body" || isCookieHeader(place)) return undefined;
  const message = findEarlier(secret, place.in === "message" ? place.number - 1 : null);
  const where = message === undefined ? undefined : findPlace(secret, message.text);
  if (message === undefined || where === undefined) return undefined;
  return { variable, place: where, isEncoded: false, from: [describeMessage(message, where)], number: message.number, isHeard: message.url === null };
}

/** The name of the cookie whose value it is, unless it stands there as one. */
function originCookie(phrases: Phrases, variable: Variable, { exchanges, openedAt, requestHeaders }: OriginPlaces): string | undefined {
  const { secret, place } = phrases.secretOf(variable);
  if (!isDrawn(secret) || isCookieHeader(place)) return undefined;
  const sent = [requestHeaders, ...exchanges.filter(({ finishedAt }) => finishedAt <= openedAt).map((exchange) => exchange.requestHeaders)];
  return sent.flatMap(cookiesSent).find(({ value }) => value === secret)?.name;
}

/** The places of the browser's storage that hold it, as it is or in JSON. */
function storedOrigins(phrases: Phrases, variable: Variable, { stored }: OriginPlaces): readonly Told[] {
  const { secret, place } = phrases.secretOf(variable);
  const value = decodedUri(secret);
  if (!isDrawn(value) || isCookieHeader(place)) return [];
  return stored.flatMap((one) => describeStored(one, value) ?? []).slice(0, MOST_NAMED);
}

function describeStored({ in: storage, name, value: text }: StoredValue, value: string): Told | undefined {
  const isWhole = text === value || decodedUri(text) === value;
  if (storage === "cookie") return isWhole ? say("snippet.from-cookie", { name }) : undefined;
  if (isWhole) return say("snippet.from-storage", { storage, name });
  const where = findPlace(value, text);
  return where?.in === "json" ? say("snippet.from-storage-json", { storage, name, path: pathText(where.path) }) : undefined;
}

const isCookieHeader = (place: SecretPlace): boolean => "name" in place && place.name.toLowerCase() === "cookie";

const variablesOf = ({ url, headers, body }: Pick<Source, "url" | "headers" | "body">): readonly Variable[] =>
  [...url, ...headers.flatMap(({ value }) => value), ...(body ?? [])].filter((part) => typeof part !== "string");

const MOST_NAMED = 3;

/** `GET https://shop.test/index/kxauth → .data.token` */
function describeOrigin({ exchange: { method, url }, place }: Origin): Told {
  const address = withoutQuery(url);
  switch (place.in) {
    case "json":
      return say("snippet.from-json", { method, url: address, path: pathText(place.path) });
    case "text":
      return say("snippet.from-text", { method, url: address, before: place.before.trim() });
    case "cookie":
      return say("snippet.from-set-cookie", { method, url: address, name: place.name });
  }
}

function describeMessage({ number: n, url }: EarlierMessage, place: Place): Told {
  const path = place.in === "json" ? pathText(place.path) : place.in === "text" ? place.before.trim() : "";
  if (url !== null) return say("snippet.from-other-message", { n, url: withoutQuery(url), path });
  return say("snippet.from-message", { n, path });
}

const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0] ?? "";

function requestOf({ method, url, requestHeaders, requestBody }: HttpExchange, phrases: Phrases): Pick<Source, "method" | "url" | "headers" | "body"> {
  const type = headerValues(requestHeaders, "content-type");
  return {
    method,
    url: phrases.of(url.replace(/#.*$/s, ""), { in: "url" }),
    headers: [...headersThatMatter(requestHeaders), ...type.slice(0, 1).map((value) => ({ name: "Content-Type", value }))].map(({ name, value }) => ({ name, value: phrases.of(value, { in: "request header", name }) })),
    body: requestBody === null || requestBody === "" ? null : phrases.of(requestBody, { in: "body" }),
  };
}
