/** Connections that the user has Chrome do something to, without any script in the page: it knows them by their URLs alone. */
export interface RuleScope {
  /** `url`: exactly this one, with its query. `host`: all of its host and port. */
  readonly meets: "url" | "host";
  readonly url: string;
}

export interface NetworkRule extends RuleScope {
  readonly effect: NetworkEffect;
}

export type NetworkEffect =
  /** Nothing passes either way, and no new connection opens. What waits comes once it is lifted, in order. */
  | { readonly type: "freeze" }
  /** Bytes a second each way; null: as fast as it goes. */
  | { readonly type: "slow"; readonly down: number | null; readonly up: number | null }
  /** New connections wait for as long as it is on; those that are open go on. */
  | { readonly type: "hold" }
  /** Freezes for some seconds, now and then, by chance. */
  | { readonly type: "flaky" }
  /** Nothing passes for a while, then connections end, no new one opens, and it all comes back. Lifts itself. */
  | { readonly type: "outage" };

/** Slower networks by their names, in bytes a second. */
export const NETWORK_PRESETS = {
  "2g": { type: "slow", down: 35_000, up: 10_000 },
  "3g": { type: "slow", down: 200_000, up: 90_000 },
  trickle: { type: "slow", down: 1000, up: 1000 },
} as const satisfies Readonly<Record<string, NetworkEffect>>;

/** What is so now. `down`: what was open has ended, and nothing new opens. */
export type NetworkPhase = "frozen" | "slowed" | "held" | "passing" | "down";

/** A rule, and how many open connections it meets. */
export interface RuleInForce extends NetworkRule {
  readonly connections: number;
  readonly phase: NetworkPhase;
}

export function meets({ meets: what, url }: RuleScope, other: string): boolean {
  if (what === "url") return url === other;
  const host = hostOf(url);
  return other === host || /^[/?#]/.test(other.startsWith(host) ? other.slice(host.length) : "");
}

/** `wss://feed.test:8443`, of a URL of a WebSocket. */
export const hostOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*/.exec(url)?.[0] ?? "";

export const isSameScope = (a: RuleScope, b: RuleScope): boolean => a.meets === b.meets && (a.meets === "url" ? a.url === b.url : hostOf(a.url) === hostOf(b.url));
