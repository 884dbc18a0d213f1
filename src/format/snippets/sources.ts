import { headerValues } from "../../model/headers.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import { say, type Told } from "../../model/said.ts";
import { findOrigins, pathText, type Origin } from "../origins/find-origin.ts";
import type { Phrases } from "./phrases.ts";
import { headersThatMatter } from "./headers.ts";
import type { GivenSecret, Source, Variable } from "./script.ts";

/** A request may need a token of another, and that no further. */
const LONGEST_CHAIN = 2;

/** The requests whose answers hold the secrets of `phrases`, which gets those that these requests need in turn. */
export function findSources(phrases: Phrases, exchanges: readonly HttpExchange[], openedAt: number): readonly Source[] {
  if (exchanges.length === 0) return [];
  const found = new Map<HttpExchange, GrowingSource>();
  const asked = new Set<Variable>();
  const underWay = new Set<Variable>();
  const ask = (variable: Variable, before: number, depth: number): void => {
    if (asked.has(variable) || depth > LONGEST_CHAIN) return;
    asked.add(variable);
    const secret = phrases.secretOf(variable);
    // Who already has it when asking does not get it by the answer.
    const origins = findOrigins(secret, exchanges, before).filter(({ exchange }) => !holds(exchange, secret));
    const [latest] = origins;
    if (latest === undefined) return;
    const { exchange, place, isEncoded } = latest;
    // The next one may have what a URL must have encoded, also where this one had not.
    const given = { variable, place, isEncoded: isEncoded || phrases.isOfUrls(variable), from: origins.slice(0, MOST_NAMED).map(describeOrigin) };
    const known = found.get(exchange);
    if (known !== undefined) return void known.given.push(given);
    const request = requestOf(exchange, phrases);
    const needed = variablesOf(request);
    underWay.add(variable);
    // What it needs itself comes before it; what needs each other cannot be had anew.
    if (!needed.some((one) => underWay.has(one))) {
      for (const one of needed) ask(one, exchange.finishedAt - 1, depth + 1);
      found.set(exchange, { ...request, given: [given] });
    }
    underWay.delete(variable);
  };
  for (const variable of phrases.variables) ask(variable, openedAt, 1);
  return [...found.values()];
}

interface GrowingSource extends Source {
  readonly given: GivenSecret[];
}

const holds = ({ url, requestHeaders, requestBody }: HttpExchange, secret: string): boolean => url.includes(secret) || (requestBody?.includes(secret) ?? false) || requestHeaders.some(({ value }) => value.includes(secret));

const variablesOf = ({ url, headers, body }: Pick<Source, "url" | "headers" | "body">): readonly Variable[] =>
  [...url, ...headers.flatMap(({ value }) => value), ...(body ?? [])].filter((part) => typeof part !== "string");

const MOST_NAMED = 3;

/** `GET https://shop.test/index/kxauth → .data.token` */
function describeOrigin({ exchange: { method, url }, place }: Origin): Told {
  const address = url.split(/[?#]/, 1)[0] ?? "";
  return place.in === "json" ? say("snippet.from-json", { method, url: address, path: pathText(place.path) }) : say("snippet.from-text", { method, url: address, before: place.before.trim() });
}

function requestOf({ method, url, requestHeaders, requestBody }: HttpExchange, phrases: Phrases): Pick<Source, "method" | "url" | "headers" | "body"> {
  const type = headerValues(requestHeaders, "content-type");
  return {
    method,
    url: phrases.of(url.replace(/#.*$/s, ""), { in: "url" }),
    headers: [...headersThatMatter(requestHeaders), ...type.slice(0, 1).map((value) => ({ name: "Content-Type", value }))].map(({ name, value }) => ({ name, value: phrases.of(value, { in: "request header", name }) })),
    body: requestBody === null || requestBody === "" ? null : phrases.of(requestBody, { in: "body" }),
  };
}
