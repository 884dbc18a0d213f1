import type { ConnectionId, EpochMilliseconds } from "./units.ts";

/** Connections that the user has Chrome do something to, without any script in the page: it knows them by their URLs alone. */
export interface RuleScope {
  /** `url`: exactly this one, with its query. `host`: all of its host and port. `pattern`: see `readUrlPattern`. */
  readonly meets: "url" | "host" | "pattern";
  readonly url: string;
}

/** Each part as it is written: `*` stands for anything in it. */
export interface UrlPattern {
  readonly schemes: readonly ("ws" | "wss")[];
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

export interface NetworkRule extends RuleScope {
  readonly effect: NetworkEffect;
}

export type NetworkEffect =
  /** Nothing passes either way, and no new connection opens. What waits comes once it is lifted, in order. */
  | { readonly type: "freeze" }
  /** Bytes a second each way; null: as fast as it goes. */
  | { readonly type: "slow"; readonly down: number | null; readonly up: number | null }
  /** New connections fail; those that are open go on. */
  | { readonly type: "refuse" }
  /** New connections wait for as long as it is on; those that are open go on. */
  | { readonly type: "hold" }
  /** Freezes for some seconds, now and then, by chance. */
  | { readonly type: "flaky" }
  /** Nothing passes for a while, then connections end, no new one opens, and it all comes back. Lifts itself. */
  | { readonly type: "outage" };

const LONGEST_PATTERN = 2000;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { "ws:": "80", "wss:": "443" };

/** Slower networks by their names, in bytes a second. */
export const NETWORK_PRESETS = {
  "2g": { type: "slow", down: 35_000, up: 10_000 },
  "3g": { type: "slow", down: 200_000, up: 90_000 },
  trickle: { type: "slow", down: 1000, up: 1000 },
} as const satisfies Readonly<Record<string, NetworkEffect>>;

/** What is so now. `down`: what was open has ended, and nothing new opens. */
export type NetworkPhase = "frozen" | "slowed" | "refusing" | "held" | "passing" | "down";

/** A rule, and the open connections that it meets. */
export interface RuleInForce extends NetworkRule {
  readonly met: readonly ConnectionId[];
  readonly phase: NetworkPhase;
  /** When the phase ends by itself; null: it lasts until the rule is lifted. */
  readonly until: EpochMilliseconds | null;
}

/**
 * Reads a pattern of URLs: `wss://*.shop.test/live*`, `shop.test`, `*`. Without a scheme it is for both, without a port for
 * any, without a path for all that the host has, and where a path ends with `*` for any query. Undefined: it is none.
 */
export function readUrlPattern(text: string): UrlPattern | undefined {
  const [whole, scheme, host = "", port = "*", path = "/*", query] = /^(?:(wss?):\/\/)?(\[[\d.:a-f]+\]|[^\s/?#:@[\]]+)(?::(\d{1,5}|\*))?(\/[^\s?#]*)?(?:\?([^\s#]*))?$/iu.exec(text.trim()) ?? [];
  if (whole === undefined || text.length > LONGEST_PATTERN) return undefined;
  const schemes = scheme === undefined ? (["ws", "wss"] as const) : ([scheme.toLowerCase() === "ws" ? "ws" : "wss"] as const);
  return { schemes, host: host.toLowerCase(), port, path, query: query ?? (path.endsWith("*") ? "*" : "") };
}

export function meets({ meets: what, url }: RuleScope, other: string): boolean {
  if (what === "url") return url === other;
  if (what === "pattern") return meetsPattern(url, other);
  const host = hostOf(url);
  return other === host || /^[/?#]/.test(other.startsWith(host) ? other.slice(host.length) : "");
}

function meetsPattern(text: string, url: string): boolean {
  const pattern = readUrlPattern(text);
  if (pattern === undefined || !URL.canParse(url)) return false;
  const read = new URL(url);
  const { schemes, host, port, path, query } = pattern;
  const isDefault = DEFAULT_PORTS[read.protocol] === port;
  return (
    schemes.some((scheme) => read.protocol === `${scheme}:`) &&
    isLike(host, read.hostname) &&
    (isLike(port, read.port) || (isDefault && read.port === "")) &&
    isLike(path, read.pathname) &&
    isLike(query, read.search.slice(1))
  );
}

/** Goes over the text once for each `*`: what stands between two is taken where it is first found. */
function isLike(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** `wss://feed.test:8443`, of a URL of a WebSocket. */
export const hostOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*/.exec(url)?.[0] ?? "";

export const isSameScope = (a: RuleScope, b: RuleScope): boolean => a.meets === b.meets && (a.meets === "host" ? hostOf(a.url) === hostOf(b.url) : a.url === b.url);
