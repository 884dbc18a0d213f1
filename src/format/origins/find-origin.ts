import type { HttpExchange } from "../../model/http-exchange.ts";
import { decodedUri } from "../percent-encoding.ts";
import { findInText } from "../redact/find-in-headers.ts";
import { maskName } from "../redact/masks.ts";
import { cookiesSet, type SetCookie } from "./cookie-pairs.ts";

/** Where in an answer a value stands. */
export type Place =
  /** In JSON: keys and indexes from its root. */
  | { readonly in: "json"; readonly path: readonly (string | number)[]; readonly isNumber: boolean }
  /** In text: right behind the only `before`, up to the next `after`. */
  | { readonly in: "text"; readonly before: string; readonly after: string }
  /** In a cookie that the answer sets. `isEncoded`: percent-encoded there, and not where it is used. */
  | { readonly in: "cookie"; readonly name: string; readonly isEncoded: boolean };

export interface Origin {
  readonly exchange: HttpExchange;
  readonly place: Place;
  /** The value was percent-encoded where it was used. */
  readonly isEncoded: boolean;
}

/** Answers that are looked through, latest first, and characters of one. */
const MOST_ANSWERS = 500;
const MOST_BODY = 4 << 20;
const MOST_NODES = 200_000;
/**
 * A request has its moments from a clock of its own: Chrome reads the wall's and its own one after the other, and where it
 * is put aside between the two, an answer seems to have come after what was sent with it.
 */
const CLOCKS_APART_MS = 100;

/**
 * The answers from which a value can have come, the latest first: those that hold it whole and were there by `before`, and
 * where none was, those that seem to have come just after. None of a request that had the value itself, and none for a
 * value that may as well be chance: short, or of few different characters. `isOf`: whether a cookie that an answer of a URL
 * set can be the one whose value it is.
 */
export function findOrigins(value: string, exchanges: readonly HttpExchange[], before: number, isOf: IsCookie = () => true): readonly Origin[] {
  const decoded = decodedUri(value);
  if (!isDrawn(decoded)) return [];
  const origins = exchanges
    .filter(({ finishedAt }) => finishedAt <= before + CLOCKS_APART_MS)
    .toSorted((a, b) => b.finishedAt - a.finishedAt)
    .slice(0, MOST_ANSWERS)
    .flatMap((exchange) => (isSentWith(exchange, value) ? [] : originsIn(exchange, value, decoded, isOf)));
  const sure = origins.filter(({ exchange }) => exchange.finishedAt <= before);
  return sure.length > 0 ? sure : origins;
}

export type IsCookie = (cookie: SetCookie, url: string) => boolean;

/** Who already has it when asking does not get it by the answer. */
const isSentWith = ({ url, requestHeaders, requestBody }: HttpExchange, value: string): boolean => url.includes(value) || (requestBody?.includes(value) ?? false) || requestHeaders.some((header) => header.value.includes(value));

function originsIn(exchange: HttpExchange, value: string, decoded: string, isOf: IsCookie): readonly Origin[] {
  const { body, status } = exchange;
  const place = status >= 200 && status < 300 && body.length <= MOST_BODY ? findPlace(decoded, body) : undefined;
  if (place !== undefined) return [{ exchange, place, isEncoded: decoded !== value }];
  // A login sets one, and sends the page on.
  return status >= 200 && status < 400 ? cookieOrigins(value, decoded, exchange, isOf) : [];
}

function cookieOrigins(value: string, decoded: string, exchange: HttpExchange, isOf: IsCookie): readonly Origin[] {
  const cookies = cookiesSet(exchange.setCookies).filter((cookie) => isOf(cookie, exchange.url));
  const isSame = sameAs(value);
  const same = cookies.find((cookie) => isSame(cookie.value));
  if (same !== undefined) return [{ exchange, place: { in: "cookie", name: same.name, isEncoded: false }, isEncoded: false }];
  const alike = cookies.find((cookie) => decodedUri(cookie.value) === decoded);
  return alike === undefined ? [] : [{ exchange, place: { in: "cookie", name: alike.name, isEncoded: alike.value !== decoded }, isEncoded: decoded !== value }];
}

/** Long enough, and of enough different characters, to stand nowhere by chance. */
export const isDrawn = (value: string): boolean => value.length >= 8 && new Set(value).size >= 5;

/** Where a value stands in a text, whole; undefined where that is not sure. */
export function findPlace(value: string, body: string): Place | undefined {
  if (body === "") return undefined;
  const json = parsed(body);
  if (json !== undefined) {
    return jsonPlace(value, json);
  }
  return textPlace(value, body);
}

function parsed(body: string): unknown {
  if (!/^\s*[[{]/.test(body)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The shortest path to the value, breadth first. */
function jsonPlace(value: string, root: unknown): Place | undefined {
  const isSame = sameAs(value);
  const queue: { readonly node: unknown; readonly path: readonly (string | number)[] }[] = [{ node: root, path: [] }];
  for (let at = 0; at < queue.length && at < MOST_NODES; at++) {
    const { node, path } = queue[at] as (typeof queue)[number];
    if ((typeof node === "string" && isSame(node)) || (typeof node === "number" && String(node) === value)) return { in: "json", path, isNumber: typeof node === "number" };
    if (typeof node !== "object" || node === null || path.length >= MOST_DEPTH || queue.length >= MOST_NODES) continue;
    if (Array.isArray(node)) for (const [i, child] of node.entries()) queue.push({ node: child, path: [...path, i] });
    else for (const [key, child] of Object.entries(node)) queue.push({ node: child, path: [...path, key] });
  }
  return undefined;
}

const MOST_DEPTH = 20;

/** A mask is as long as what it hides, which may be percent-encoded in one place and not in another: its name tells. */
function sameAs(value: string): (other: string) => boolean {
  const name = maskName(value);
  return (other) => other === value || (name !== undefined && maskName(other) === name);
}

/** Behind what is the same each time: the rest of its line before it, if that is in the text once. */
function textPlace(value: string, body: string): Place | undefined {
  const at = body.indexOf(value);
  if (at < 0 || value.length < LEAST_IN_TEXT || /[\w-]/.test(body[at - 1] ?? "")) return undefined;
  const after = body[at + value.length] ?? "";
  if (/[\w-]/.test(after)) return undefined;
  const line = body.slice(secretsEnd(body, Math.max(0, at - MOST_BEFORE), at), at);
  const before = line.slice(line.lastIndexOf("\n") + 1).trimStart();
  if (before.length < LEAST_BEFORE || body.indexOf(before) !== body.lastIndexOf(before) || value.includes(after)) return undefined;
  return { in: "text", before, after };
}

/**
 * From where on up to `to` no other secret is cut into, or ends: what stands before a value is shown, and stands in scripts.
 * A word that begins before `from` is left out, as is what has the digits of a token.
 */
function secretsEnd(body: string, from: number, to: number): number {
  const first = Math.max(0, from - MOST_LOOKED_AT);
  let end = /[\w%+=~-]/.test(body[from - 1] ?? "") ? from + (/^[\w%+/=~.-]*/.exec(body.slice(from, to))?.[0].length ?? 0) : from;
  for (const found of findInText(body.slice(first, to))) end = Math.max(end, first + found.to);
  for (const word of body.slice(from, to).matchAll(/[\w%+/=~.-]{8,}/g)) if (/\d.*\d/.test(word[0])) end = Math.max(end, from + word.index + word[0].length);
  return end;
}

const MOST_LOOKED_AT = 4096;
const LEAST_IN_TEXT = 16;
const MOST_BEFORE = 32;
const LEAST_BEFORE = 4;

/** As a filter has it: `.data.token`, `.list[0]["a b"]`. */
export const pathText = (path: readonly (string | number)[]): string => path.map((step) => (typeof step === "number" ? `[${step}]` : /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`)).join("");
