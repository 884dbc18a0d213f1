import { assertNever } from "../../model/assert-never.ts";
import { hostOf, isSameScope, meets, readUrlPattern, type NetworkEffect, type NetworkPhase, type NetworkRule, type RuleInForce, type RuleScope } from "../../model/network-rule.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { epochMilliseconds, type ConnectionId, type EpochMilliseconds } from "../../model/units.ts";
import { stepsOf, type NetworkStep } from "./network-steps.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { Unanswered } from "./unanswered.ts";

export interface NetworkRuleEdges {
  readonly api: DebuggerApi;
  /** Every session there is. */
  readonly sources: () => readonly DebugSource[];
  /** All connections that have not ended; `isOpening`: of whose handshake Chrome has yet to tell. */
  readonly open: () => readonly { readonly id: ConnectionId; readonly url: string; readonly isOpening: boolean }[];
  /** Makes sure of the sockets of connections as far as that can be; what it resolves with closes them. */
  readonly prepareEnd: (connections: readonly ConnectionId[]) => Promise<() => Promise<void>>;
  readonly later: (callback: () => void, milliseconds: number) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
  /** Others are in force, or do something else. */
  readonly changed: () => void;
}

/** Chrome's own word for no limit. */
const UNLIMITED = -1;
const TELL_EVERY_MS = 200;
/** Milliseconds that a handshake takes where none is to be done. */
const FOR_EVER = 1_000_000_000;
/** A page that connects again at once has done so by then. */
const AGAIN_MS = 100;
const METHOD = "Network.emulateNetworkConditionsByRule";

interface Running extends NetworkRule {
  phase: NetworkPhase;
  until: EpochMilliseconds | null;
  /** Of a rule that refuses: URLs that connections have which were open before it, and go on. */
  readonly spared: Set<string>;
  /** Another rule is in its place, or none. */
  isOver: boolean;
}

/**
 * Network conditions by URL, which Chrome keeps for each session until that is detached: over navigations, for sockets
 * that are open and new ones. One command holds all rules of a session, and is sent only when these change: what was held
 * back passes otherwise. A page's session speaks for its dedicated workers too; that they are told as well does no harm.
 */
export class NetworkRules {
  readonly #edges: NetworkRuleEdges;
  /** One URL before a pattern, and that before a host: the first that fits is the one that counts. */
  #rules: readonly Running[] = [];
  /** As Chrome last said that it has them. */
  #inForce: readonly Omit<RuleInForce, "met">[] = [];
  #isTelling = false;
  readonly #unanswered: Unanswered;

  constructor(edges: NetworkRuleEdges) {
    this.#edges = edges;
    this.#unanswered = new Unanswered(edges.sources, () => this.#settled());
  }

  get inForce(): readonly RuleInForce[] {
    return this.#inForce.map((rule) => ({ ...rule, met: this.met(rule) }));
  }

  /** Connections have opened or ended, and rules may meet others. */
  openChanged(): void {
    this.#spareLess();
    if (this.#rules.length === 0 || this.#isTelling) return;
    this.#isTelling = true;
    this.#edges.later(() => {
      this.#isTelling = false;
      if (this.#inForce.length > 0) this.#edges.changed();
    }, TELL_EVERY_MS);
  }

  /** Open connections that a scope meets. */
  met(scope: RuleScope): readonly ConnectionId[] {
    return this.#edges.open().flatMap(({ id, url }) => (meets(scope, url) ? id : []));
  }

  /** Whether a rule has new connections to this URL fail. */
  refuses(url: string): boolean {
    const rule = this.#rules.find((one) => meets(one, url));
    return rule !== undefined && isOffline(rule.phase);
  }

  /** Null: as without a rule. Resolves once every session that answers has it. */
  async set(scope: RuleScope, effect: NetworkEffect | null): Promise<void> {
    if (scope.meets === "pattern" && readUrlPattern(scope.url) === undefined) throw new Refusal(say("live.no-pattern", { pattern: scope.url }));
    const before = this.#rules.find((one) => isSameScope(one, scope));
    if (JSON.stringify(before?.effect ?? null) === JSON.stringify(effect)) return;
    if (before !== undefined) before.isOver = true;
    this.#rules = this.#rules.filter((one) => one !== before);
    if (effect === null) return await this.#tellAll();
    const rule: Running = { meets: scope.meets, url: scope.url, effect, phase: "passing", until: null, spared: new Set(), isOver: false };
    this.#rules = [...this.#rules, rule].toSorted((a, b) => NARROWEST.indexOf(a.meets) - NARROWEST.indexOf(b.meets));
    let end: (() => Promise<void>) | undefined;
    if (effect.type === "outage") {
      // A frozen connection says nothing by which it could be told from others; what another rule froze is let go first.
      if (before !== undefined) await this.#tellAll();
      else if (this.#unanswered.isEmpty) this.#settled();
      if (rule.isOver) return;
      end = await this.#edges.prepareEnd(this.met(scope));
      if (rule.isOver) return;
    }
    await this.#go(rule, stepsOf(effect, this.#edges.random), end);
  }

  /** No rule any more. */
  async lift(): Promise<void> {
    if (this.#rules.length === 0) return;
    this.#forget();
    await this.#tellAll();
  }

  /** What a session that is new must be told before it runs; undefined where there is no rule. */
  get command(): { readonly method: string; readonly params: object } | undefined {
    return this.#rules.length === 0 ? undefined : { method: METHOD, params: this.#params };
  }

  /** A frame or worker may be gone. */
  targetGone(): void {
    this.#unanswered.targetGone();
  }

  /** The attachment has ended, and with it all conditions. */
  clear(): void {
    this.#unanswered.clear();
    if (this.#rules.length === 0 && this.#inForce.length === 0) return;
    this.#forget();
    this.#settled();
  }

  #forget(): void {
    for (const rule of this.#rules) rule.isOver = true;
    this.#rules = [];
  }

  /** The next step, and in time those behind it. */
  async #go(rule: Running, steps: Generator<NetworkStep, void, void>, end: (() => Promise<void>) | undefined): Promise<void> {
    if (rule.isOver) return;
    const { value: step } = steps.next();
    if (step === undefined) {
      rule.isOver = true;
      this.#rules = this.#rules.filter((one) => one !== rule);
      return await this.#tellAll();
    }
    if (step.ends === true) await end?.();
    if (rule.isOver) return;
    rule.phase = step.phase;
    if (step.phase === "refusing") for (const { url, isOpening } of this.#edges.open()) if (!isOpening && meets(rule, url)) rule.spared.add(url);
    rule.until = step.lasts === null ? null : epochMilliseconds(this.#edges.now() + step.lasts);
    await this.#tellAll();
    if (step.lasts !== null) this.#edges.later(() => void this.#go(rule, steps, end), step.lasts);
  }

  async #tellAll(): Promise<void> {
    const { api, sources } = this.#edges;
    const params = this.#params;
    for (const source of sources()) this.#unanswered.add(source, api.send(source, METHOD, params));
    if (this.#unanswered.isEmpty) this.#settled();
    await this.#unanswered.whenEmpty();
  }

  #settled(): void {
    this.#inForce = this.#rules.map(({ meets: what, url, effect, phase, until }) => ({ meets: what, url, effect, phase, until }));
    this.#edges.changed();
  }

  /** What refuses knows URLs alone: one that has no connection any more is refused like others, and held until then. */
  #spareLess(): void {
    for (const rule of this.#rules) {
      for (const url of rule.spared) {
        if (this.#hasConnection(url)) continue;
        // Told earlier, Chrome would let one pass that is begun meanwhile.
        this.#edges.later(() => {
          if (!rule.isOver && !this.#hasConnection(url) && rule.spared.delete(url)) void this.#tellAll();
        }, AGAIN_MS);
      }
    }
  }

  #hasConnection(url: string): boolean {
    return this.#edges.open().some((one) => one.url === url);
  }

  get #params(): object {
    return { matchedNetworkConditions: this.#rules.flatMap(conditionsOf) };
  }
}

const NARROWEST: readonly RuleScope["meets"][] = ["url", "pattern", "host"];

function conditionsOf(rule: Running): readonly object[] {
  const { effect, phase } = rule;
  const [down, up] = phase === "slowed" && effect.type === "slow" ? [effect.down, effect.up] : [null, null];
  const conditions = (pattern: string, offline: boolean, isHeld: boolean): object => ({ urlPattern: pattern, offline, latency: isHeld ? FOR_EVER : 0, downloadThroughput: down ?? UNLIMITED, uploadThroughput: up ?? UNLIMITED });
  return [...[...rule.spared].map((url) => conditions(urlPattern(url), false, true)), ...patternsOf(rule).map((pattern) => conditions(pattern, isOffline(phase), phase === "held"))];
}

function isOffline(phase: NetworkPhase): boolean {
  switch (phase) {
    case "frozen":
    case "down":
    case "refusing":
      return true;
    case "slowed":
    case "held":
    case "passing":
      return false;
    default:
      return assertNever(phase);
  }
}

/** As Chrome takes them: https://urlpattern.spec.whatwg.org/ */
function patternsOf({ meets: what, url }: RuleScope): readonly string[] {
  if (what === "url") return [urlPattern(url)];
  if (what === "host") return [`${originPattern(hostOf(url))}/*${QUERY}*`];
  const { schemes = [], host = "", port = "", path = "", query = "" } = readUrlPattern(url) ?? {};
  return schemes.map((scheme) => `${scheme}://${globbed(host, (part) => part.replaceAll(":", String.raw`\:`))}:${port}${globbed(path, escaped)}${QUERY}${globbed(query, escaped)}`);
}

/** A pattern that this URL alone matches. */
export function urlPattern(url: string): string {
  const [, origin = "", path = "", query = ""] = /^([a-z]+:\/\/[^/?#]*)([^?]*)\??(.*)$/s.exec(url) ?? [];
  return `${originPattern(origin)}${escaped(path)}${QUERY}${escaped(query)}`;
}

/** What begins the query, and nothing that makes optional what stands before it. Without one, any query would do. */
const QUERY = String.raw`\?`;
const originPattern = (origin: string): string => origin.replace(/\[.*\]/, (host) => host.replaceAll(":", String.raw`\:`));
const globbed = (text: string, write: (part: string) => string): string => text.split("*").map(write).join("*");
const escaped = (text: string): string => text.replace(/[+*?:{}()\\]/g, String.raw`\$&`);
