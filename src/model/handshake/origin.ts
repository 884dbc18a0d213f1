/** Where a URL or an origin points. */
export interface Place {
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: string;
  readonly hasUserInfo: boolean;
  /** Names of the query's parameters, each once, in their order. */
  readonly queryNames: readonly string[];
}

const LONGEST_URL = 65_536;
const MOST_NAMES = 200;
const SCHEMES: Readonly<Record<string, { readonly isSecure: boolean; readonly port: string }>> = {
  "http:": { isSecure: false, port: "80" },
  "https:": { isSecure: true, port: "443" },
  "ws:": { isSecure: false, port: "80" },
  "wss:": { isSecure: true, port: "443" },
};

/** Null for a text that is no http, https, ws or wss URL, or that is too long to be read here. */
export function parsePlace(url: string): Place | null {
  if (url.length > LONGEST_URL || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  const scheme = SCHEMES[parsed.protocol];
  if (scheme === undefined) return null;
  return {
    isSecure: scheme.isSecure,
    host: parsed.hostname,
    port: parsed.port === "" ? scheme.port : parsed.port,
    hasUserInfo: parsed.username !== "" || parsed.password !== "",
    queryNames: [...new Set(parsed.searchParams.keys())].slice(0, MOST_NAMES),
  };
}

/** This machine, without asking the network (RFC 6761 §6.3, WHATWG Secure Contexts §3.1). */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * How far a page's origin is from a socket's URL. `maybe same site` depends on the public suffix list (a.co.uk and
 * b.co.uk are two sites), which is not at hand; `cross-site` is certain.
 */
export type OriginRelation = "same origin" | "same host" | "maybe same site" | "cross-site" | "unknown";

export function compareOrigin(origin: string, url: string): OriginRelation {
  const page = parsePlace(origin);
  const socket = parsePlace(url);
  if (page === null || socket === null) return "unknown";
  if (page.host === socket.host) {
    return page.port === socket.port && page.isSecure === socket.isSecure ? "same origin" : "same host";
  }
  const isFar = isAddress(page.host) || isAddress(socket.host) || commonLabels(page.host, socket.host) < 2;
  return isFar ? "cross-site" : "maybe same site";
}

const isAddress = (host: string): boolean => host.startsWith("[") || /^[\d.]+$/.test(host);

/** A site is at least a public suffix and one label before it, so two hosts of one site share two labels or more. */
function commonLabels(one: string, other: string): number {
  const labels = one.split(".").toReversed();
  const others = other.split(".").toReversed();
  let count = 0;
  while (count < labels.length && labels[count] === others[count]) count += 1;
  return count;
}
