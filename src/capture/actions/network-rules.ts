import type { NetworkEffect, NetworkRule, RuleInForce } from "../../model/network-rule.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";

export interface NetworkRuleEdges {
  readonly api: DebuggerApi;
  /** Every session there is. */
  readonly sources: () => readonly DebugSource[];
  /** The URLs of all connections that are open. */
  readonly openUrls: () => readonly string[];
  /** Others are in force. */
  readonly changed: () => void;
}

/** Chrome's own word for no limit. */
const UNLIMITED = -1;
const METHOD = "Network.emulateNetworkConditionsByRule";

/**
 * Network conditions by URL, which Chrome keeps for each session until that is detached: over navigations, for sockets
 * that are open and new ones. One command holds all rules of a session, and is sent only when these change: what was held
 * back would be lost otherwise. A page's session speaks for its dedicated workers too; that they are told as well does no
 * harm.
 */
export class NetworkRules {
  readonly #edges: NetworkRuleEdges;
  readonly #rules = new Map<string, NetworkEffect>();

  constructor(edges: NetworkRuleEdges) {
    this.#edges = edges;
  }

  get inForce(): readonly RuleInForce[] {
    const urls = this.#edges.openUrls();
    return [...this.#rules].map(([url, effect]) => ({ url, effect, connections: urls.filter((one) => one === url).length }));
  }

  /** Null: as without a rule. Resolves once every session that answers has it. */
  async set(url: string, effect: NetworkEffect | null): Promise<void> {
    if (JSON.stringify(this.#rules.get(url) ?? null) === JSON.stringify(effect)) return;
    if (effect === null) this.#rules.delete(url);
    else this.#rules.set(url, effect);
    await this.#tellAll();
  }

  /** No rule any more. */
  async lift(): Promise<void> {
    if (this.#rules.size === 0) return;
    this.#rules.clear();
    await this.#tellAll();
  }

  /** What a session that is new must be told before it runs; undefined where there is no rule. */
  get command(): { readonly method: string; readonly params: object } | undefined {
    return this.#rules.size === 0 ? undefined : { method: METHOD, params: this.#params };
  }

  /** The attachment has ended, and with it all conditions. */
  clear(): void {
    if (this.#rules.size === 0) return;
    this.#rules.clear();
    this.#edges.changed();
  }

  async #tellAll(): Promise<void> {
    const { api, sources, changed } = this.#edges;
    changed();
    const params = this.#params;
    await Promise.all(sources().map((source) => api.send(source, METHOD, params).catch(() => undefined)));
  }

  get #params(): object {
    return { matchedNetworkConditions: [...this.#rules].map(([url, effect]) => conditionsOf({ url, effect })) };
  }
}

function conditionsOf({ url, effect }: NetworkRule): object {
  const isFrozen = effect.type === "freeze";
  return {
    urlPattern: urlPattern(url),
    offline: isFrozen,
    latency: 0,
    downloadThroughput: effect.type === "slow" ? (effect.down ?? UNLIMITED) : UNLIMITED,
    uploadThroughput: effect.type === "slow" ? (effect.up ?? UNLIMITED) : UNLIMITED,
  };
}

/** A pattern that this URL alone matches: https://urlpattern.spec.whatwg.org/ */
export function urlPattern(url: string): string {
  const [, origin = "", path = "", query = ""] = /^([a-z]+:\/\/[^/?#]*)([^?]*)\??(.*)$/s.exec(url) ?? [];
  // The question mark that begins the query is none of the pattern's own only where it stands as it is.
  return `${origin.replace(/\[.*\]/, (host) => host.replaceAll(":", String.raw`\:`))}${escaped(path)}${url.includes("?") ? `?${escaped(query)}` : ""}`;
}

const escaped = (text: string): string => text.replace(/[+*?:{}()\\]/g, String.raw`\$&`);
