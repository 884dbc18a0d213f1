import type { PageRule } from "../../model/message-rule.ts";
import { NO_RULES, type RulesInForce } from "../../model/rules-in-force.ts";
import { Refusal } from "../../model/refusal.ts";
import { say, type Told } from "../../model/said.ts";
import type { DebugSource } from "../debugger-api.ts";
import type { RuledRows } from "../sources/ruled-rows.ts";
import { MOST_CHAIN, type RuleNote } from "../sources/rules-agent.ts";
import { HeldMessages, type Held } from "./held-messages.ts";
import { OpenUnderRules, type OpenEdges } from "./open-under-rules.ts";
import { RuleAgents, type RuleAgentEdges } from "./rule-agents.ts";

/** A rule, and what it is called in the rows of what it did. */
export interface NamedRule {
  readonly name: string;
  readonly rule: PageRule;
}

export interface MessageRuleEdges extends Pick<OpenEdges, "registry" | "speaking" | "placeOf" | "isOwn">, Pick<RuleAgentEdges, "api" | "realms" | "sources" | "isPage" | "later"> {
  readonly ruled: RuledRows;
  readonly sessionKeyOf: (source: DebugSource) => string;
  /** Behind what Chrome told before. */
  readonly inOrder: (action: () => void) => void;
  /** Views are to be told. */
  readonly changed: () => void;
}

const TELL_EVERY_MS = 200;
/** Targets have answered by then as a rule: views are told at once that the rules are in force. */
const LATE_MS = 100;

/** The user's message rules in force: which are on, what each did, and what waits. */
export class MessageRules {
  readonly #edges: MessageRuleEdges;
  #rules: readonly NamedRule[] = [];
  /** What rules are called, those too that were on and are told of late. */
  readonly #titles = new Map<string, string>();
  readonly #applied = new Map<string, number>();
  readonly #aside = new Map<string, Told>();
  readonly #passed = new Map<string, number>();
  readonly #agents: RuleAgents;
  readonly #held = new HeldMessages();
  readonly #open: OpenUnderRules;
  /** Why there is no agent somewhere. */
  #refused: Told | null = null;
  #isTelling = false;
  /** What puts rules into targets or takes them out: one after the other, since each waits for answers. */
  #turn: Promise<void> = Promise.resolve();
  /** Attachments that have ended; what was asked for in one is not done in the next. */
  #ended = 0;

  constructor(edges: MessageRuleEdges) {
    this.#edges = edges;
    const { api, realms, sources, isPage, later, registry, speaking, ruled, placeOf, isOwn, sessionKeyOf } = edges;
    this.#agents = new RuleAgents({
      api,
      realms,
      sources,
      isPage,
      later,
      areWanted: () => this.#rules.length > 0,
      rules: () => this.#forPage(),
      settled: () => edges.changed(),
      begun: (source) => this.#begun(sessionKeyOf(source)),
      refused: (name) => {
        this.#refused = say("rules.refused", { name });
        edges.changed();
      },
    });
    this.#open = new OpenUnderRules({
      registry,
      speaking,
      ruled,
      placeOf,
      isOwn,
      isPage,
      adopt: async (socket, token) => {
        if (!(await this.#agents.adopt(socket, token))) this.#open.lost(token);
      },
      release: ({ source, objectId }) => void api.send(source, "Runtime.releaseObject", { objectId }).catch(() => undefined),
      changed: () => this.#tellSoon(),
    });
    ruled.onOpened = (sessionKey, connection) => this.#open.opened(sessionKey, connection);
  }

  get inForce(): RulesInForce {
    const isSettling = !this.#agents.areSettled;
    if (this.#rules.length === 0) return { ...NO_RULES, isSettling };
    return {
      isSettling,
      on: this.#rules.map(({ rule: { id } }) => ({ id, applied: this.#applied.get(id) ?? 0, aside: this.#aside.get(id) ?? null, passed: this.#passed.get(id) ?? 0 })),
      held: this.#held.first,
      waiting: this.#held.size,
      ...this.#open.counts,
      refused: this.#refused,
    };
  }

  /** These and no others, in this order. Resolves once every target that answers soon has them. */
  set(rules: readonly NamedRule[]): Promise<void> {
    return this.#inTurn(() => this.#set(rules));
  }

  async #set(rules: readonly NamedRule[]): Promise<void> {
    const before = new Map(this.#rules.map(({ rule }) => [rule.id, JSON.stringify(rule)]));
    for (const { rule } of rules) {
      if (before.get(rule.id) === JSON.stringify(rule)) continue;
      this.#applied.delete(rule.id);
      this.#aside.delete(rule.id);
      this.#passed.delete(rule.id);
    }
    for (const id of before.keys()) {
      if (rules.some(({ rule }) => rule.id === id)) continue;
      this.#applied.delete(id);
      this.#aside.delete(id);
      this.#passed.delete(id);
    }
    this.#rules = rules;
    for (const { name, rule } of rules) this.#titles.set(rule.id, name);
    const told = this.#tellTargets();
    if (this.#agents.areSettled) this.#edges.changed();
    else this.#tellIfLate();
    await told;
  }

  #tellTargets(): Promise<void> {
    if (this.#rules.length === 0) return this.#uninstall();
    if (this.#agents.areIn) return this.#agents.renew();
    this.#edges.ruled.isWatching = true;
    return this.#agents.begin();
  }

  /** Lets a message go that waits: changed, as it is (null), or not at all. */
  async letGo(id: string, text: string | null, isDropped: boolean): Promise<void> {
    const held = this.#held.get(id);
    if (held === undefined || !this.#agents.has(held.agent)) throw new Refusal(say("rules.gone"));
    await this.#agents.tell(held.agent, "let go", JSON.stringify({ n: held.n, text, isDropped }));
  }

  /** Before anything of a target runs, or (`hasRun`) later. */
  prepare(source: DebugSource, isPage: boolean, hasRun: boolean): void {
    this.#agents.prepare(source, isPage, hasRun);
    if (!this.#agents.areSettled) this.#tellIfLate();
  }

  /** Takes a `Runtime.bindingCalled` of any target. */
  take(source: DebugSource, sessionKey: string, params: unknown): void {
    const called = this.#agents.read(params);
    if (called === undefined) return;
    const { context, note } = called;
    // Behind the frames that it speaks of.
    this.#edges.inOrder(() => this.#note(source, sessionKey, context, note));
  }

  /** The document, or all of a target, is gone: undefined for all. */
  contextGone(source: DebugSource, context: number | undefined): void {
    for (const key of this.#agents.gone(source, context)) {
      // Behind what it told before.
      this.#edges.inOrder(() => this.#edges.ruled.left(key));
      this.#free((held) => held.agent === key);
    }
  }

  /** The attachment ends. */
  clear(): void {
    this.#ended++;
    if (!this.#agents.areIn && this.#agents.areSettled) return;
    this.#agents.clear();
    this.#forget();
    this.#rules = [];
    this.#edges.changed();
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const ended = this.#ended;
    this.#turn = this.#turn.then(() => (ended === this.#ended ? action() : undefined));
    return this.#turn;
  }

  #begun(sessionKey: string): void {
    this.#edges.inOrder(() => {
      if (this.#rules.length > 0) this.#open.begin(sessionKey);
    });
  }

  async #uninstall(): Promise<void> {
    if (!(await this.#agents.uninstall())) return;
    this.#forget();
    this.#edges.changed();
  }

  #forget(): void {
    this.#held.clear();
    this.#applied.clear();
    this.#aside.clear();
    this.#passed.clear();
    this.#titles.clear();
    this.#open.clear();
    this.#refused = null;
    this.#edges.ruled.isWatching = false;
    this.#edges.ruled.clear();
  }

  /** What is set aside, or has come to its end, is not among them. */
  #forPage(): readonly PageRule[] {
    return this.#rules.flatMap(({ rule }) => {
      const most = rule.most === null ? null : rule.most - (this.#applied.get(rule.id) ?? 0);
      return this.#aside.has(rule.id) || (most !== null && most <= 0) ? [] : { ...rule, most };
    });
  }

  #note(source: DebugSource, sessionKey: string, context: number, note: RuleNote): void {
    const { isPage, ruled } = this.#edges;
    const agent = this.#agents.keyOf(source, context);
    switch (note.kind) {
      case "hello":
        if (!isPage(source)) return;
        this.#agents.met(source, context);
        return this.#open.begin(sessionKey);
      case "ping":
        return void this.#agents.tell(agent, "pong", "");
      case "new":
        return ruled.named(sessionKey, `${agent} ${note.socket}`, note.url);
      case "met": {
        const connection = this.#open.met(note.n);
        if (connection !== undefined) ruled.met(sessionKey, `${agent} ${note.socket}`, connection, note.heard);
        return this.#tellSoon();
      }
      case "again":
        return this.#open.again(note.n);
      case "aside":
        this.#aside.set(note.rule, note.why === "edit" ? say("rules.aside-edit") : note.why === "answer" ? say("rules.aside-answer") : note.why === "endless" ? say("rules.aside-endless", { n: MOST_CHAIN }) : say(note.why === "slow" ? "rules.aside-slow" : "rules.aside-fault"));
        void this.#inTurn(() => this.#agents.renew());
        return this.#edges.changed();
      case "held": {
        const connection = ruled.connectionAt(`${agent} ${note.socket}`);
        if (this.#held.isFull) for (const one of note.rules.slice(-1)) this.#pass(one);
        if (connection === undefined || this.#held.isFull) return void this.#agents.tell(agent, "let go", JSON.stringify({ n: note.n, text: null, isDropped: false }));
        this.#held.add({ id: `${agent} ${note.n}`, agent, n: note.n, rule: this.#nameOf(note.rules), connection, direction: note.isSent ? "sent" : "received", text: note.text });
        return this.#tellSoon();
      }
      case "full":
        return this.#pass(note.rule);
      case "free":
        return this.#free(({ id }) => id === `${agent} ${note.n}`);
      case "did":
        for (const id of note.did === "made" ? [] : note.rules) this.#count(id);
        return ruled.add(`${agent} ${note.socket}`, this.#nameOf(note.rules), note);
    }
  }

  #count(id: string): void {
    const applied = (this.#applied.get(id) ?? 0) + 1;
    this.#applied.set(id, applied);
    // Each agent counts for itself alone.
    if (this.#rules.find(({ rule }) => rule.id === id)?.rule.most === applied) void this.#inTurn(() => this.#agents.renew());
    this.#tellSoon();
  }

  #pass(id: string): void {
    this.#passed.set(id, (this.#passed.get(id) ?? 0) + 1);
    this.#tellSoon();
  }

  #tellIfLate(): void {
    this.#edges.later(() => {
      if (!this.#agents.areSettled) this.#edges.changed();
    }, LATE_MS);
  }

  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#edges.later(() => {
      this.#isTelling = false;
      this.#edges.changed();
    }, TELL_EVERY_MS);
  }

  #free(isFree: (held: Held) => boolean): void {
    if (this.#held.free(isFree)) this.#tellSoon();
  }

  #nameOf(ids: readonly string[]): string {
    return ids.flatMap((id) => this.#titles.get(id) ?? []).join(", ");
  }
}
