import type { PageRule } from "../../model/message-rule.ts";
import { NO_RULES, type HeldMessage, type RulesInForce } from "../../model/rules-in-force.ts";
import { Refusal } from "../../model/refusal.ts";
import { say, type Told } from "../../model/said.ts";
import type { Realm, Realms } from "../attach/realms.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import type { PageObject } from "../earlier/speaking-sockets.ts";
import { readListener, readListeners, readObjectId } from "../sources/cdp-events.ts";
import type { RuledRows } from "../sources/ruled-rows.ts";
import { OpenUnderRules, type OpenEdges } from "./open-under-rules.ts";
import { putIntoRunning } from "./rules-in-running.ts";
import { MOST_CHAIN, readRuleNote, rulesJson, rulesScript, type RuleNote, type RulesAgentNames } from "../sources/rules-agent.ts";

/** A rule, and what it is called in the rows of what it did. */
export interface NamedRule {
  readonly name: string;
  readonly rule: PageRule;
}

export interface MessageRuleEdges extends Pick<OpenEdges, "registry" | "speaking" | "placeOf" | "isOwn"> {
  readonly api: DebuggerApi;
  readonly realms: Realms;
  readonly ruled: RuledRows;
  readonly sources: () => readonly DebugSource[];
  readonly isPage: (source: DebugSource) => boolean;
  readonly sessionKeyOf: (source: DebugSource) => string;
  /** Behind what Chrome told before. */
  readonly inOrder: (action: () => void) => void;
  readonly later: (callback: () => void, milliseconds: number) => void;
  /** Views are to be told. */
  readonly changed: () => void;
}

interface Agent {
  readonly source: DebugSource;
  readonly context: number;
  /** The function that it is spoken to by. */
  readonly control: Promise<string | undefined>;
}

type Held = HeldMessage & { readonly agent: string; readonly n: string };

/** Messages that wait at once. */
const MOST_HELD = 1000;
/** Of these are told, each whole, and characters of them: one at least. */
const MOST_TOLD = 20;
const MOST_TOLD_TEXT = 1_000_000;
const TOLD_EVERY_MS = 200;
const MOST_WAIT_MS = 2000;
const GROUP = "framescope-rules";
const SPEAK = "function (name, value, socket) { this(name, value, socket); }";
/** Listeners without their handlers, which are behind them in the same order. */
const ADOPT = `function (token, socket, listeners) { for (let i = 0; i < listeners.length; i++) listeners[i].listener = arguments[i + 3]; this("adopt", token, socket, listeners); }`;
/** The global object of the realm that a socket is of: whatever has a name may be the page's. */
const GLOBAL_OF = "function () { return (function () { return this; })(); }";

/**
 * The user's message rules in force. While there is one, an agent runs in every document and worker; with the last it goes.
 * Agents are spoken to through a handle of a function of theirs, which Chrome gives by the name of a listener that no script
 * can see: nothing that a page does switches a rule on. An agent is made of Chrome's own functions: it is put in before the
 * first script, or, where that has run, once each function is seen to be Chrome's. Where the page keeps one of them to
 * itself, there is none until the document is loaded anew, and that is told (`refused`).
 */
export class MessageRules {
  readonly #edges: MessageRuleEdges;
  #names: RulesAgentNames | undefined;
  #rules: readonly NamedRule[] = [];
  /** What rules are called, those too that were on and are told of late. */
  readonly #titles = new Map<string, string>();
  readonly #applied = new Map<string, number>();
  readonly #aside = new Map<string, Told>();
  readonly #passed = new Map<string, number>();
  readonly #scripts = new Map<string, Promise<unknown>>();
  readonly #agents = new Map<string, Agent>();
  readonly #held = new Map<string, Held>();
  readonly #open: OpenUnderRules;
  #refused: Told | null = null;
  #isTelling = false;
  /** What puts rules into targets or takes them out: one after the other, since each waits for answers. */
  #turn: Promise<void> = Promise.resolve();
  /** Attachments that have ended; what was asked for in one is not done in the next. */
  #ended = 0;

  constructor(edges: MessageRuleEdges) {
    this.#edges = edges;
    const { registry, speaking, ruled, placeOf, isOwn } = edges;
    this.#open = new OpenUnderRules({ registry, speaking, ruled, placeOf, isOwn, isPage: edges.isPage, adopt: (socket, token) => this.#adopt(socket, token), release: ({ source, objectId }) => void this.#quietly(source, "Runtime.releaseObject", { objectId }), changed: () => this.#tellSoon() });
    ruled.onOpened = (sessionKey, connection) => this.#open.opened(sessionKey, connection);
  }

  get inForce(): RulesInForce {
    if (this.#rules.length === 0) return NO_RULES;
    return {
      on: this.#rules.map(({ rule: { id } }) => ({ id, applied: this.#applied.get(id) ?? 0, aside: this.#aside.get(id) ?? null, passed: this.#passed.get(id) ?? 0 })),
      held: this.#firstHeld(),
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
    this.#edges.changed();
    if (rules.length === 0) return this.#uninstall();
    if (this.#names === undefined) return this.#begin();
    await this.#renew();
  }

  /** Lets a message go that waits: changed, as it is (null), or not at all. */
  async letGo(id: string, text: string | null, isDropped: boolean): Promise<void> {
    const held = this.#held.get(id);
    const agent = held === undefined ? undefined : this.#agents.get(held.agent);
    if (held === undefined || agent === undefined) throw new Refusal(say("rules.gone"));
    await this.#speak(agent, "let go", JSON.stringify({ n: held.n, text, isDropped }));
  }

  /** Before anything of a target runs, or (`hasRun`) later. */
  prepare(source: DebugSource, isPage: boolean, hasRun: boolean): void {
    if (this.#names !== undefined && this.#rules.length > 0) void this.#install(this.#names, source, isPage, hasRun);
  }

  /** Takes a `Runtime.bindingCalled` of any target. */
  take(source: DebugSource, sessionKey: string, params: unknown): void {
    const called = this.#names === undefined ? undefined : readRuleNote(params, this.#names);
    if (called === undefined) return;
    const { context, note } = called;
    // Behind the frames that it speaks of.
    this.#edges.inOrder(() => this.#note(source, sessionKey, context, note));
  }

  /** The document, or all of a target, is gone: undefined for all. */
  contextGone(source: DebugSource, context: number | undefined): void {
    if (this.#agents.size === 0) return;
    for (const [key, agent] of this.#agents) {
      if (keyOf(agent.source) !== keyOf(source) || (context !== undefined && agent.context !== context)) continue;
      this.#agents.delete(key);
      // Behind what it told before.
      this.#edges.inOrder(() => this.#edges.ruled.left(key));
      this.#free((held) => held.agent === key);
    }
  }

  /** The attachment ends. Where Chrome has ended it already nobody hears us, and the agents find out by themselves. */
  clear(): void {
    this.#ended++;
    if (this.#names === undefined) return;
    for (const agent of this.#agents.values()) void this.#speak(agent, "off", "");
    this.#forget();
    this.#rules = [];
    this.#edges.changed();
  }

  async #begin(): Promise<void> {
    const names = { binding: newName(), secret: newName() };
    this.#names = names;
    this.#edges.ruled.isWatching = true;
    const { sources, isPage } = this.#edges;
    await this.#soon(sources().map((source) => this.#install(names, source, isPage(source), true)));
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const ended = this.#ended;
    this.#turn = this.#turn.then(() => (ended === this.#ended ? action() : undefined));
    return this.#turn;
  }

  #install(names: RulesAgentNames, source: DebugSource, isPage: boolean, hasRun: boolean): Promise<unknown> {
    const { realms } = this.#edges;
    // Without this, documents to come would not get the binding.
    const told = realms.hold(source).catch(() => []);
    void this.#quietly(source, "Runtime.addBinding", { name: names.binding });
    const script = rulesScript(names, this.#forPage());
    if (isPage) {
      const added = this.#quietly(source, "Page.addScriptToEvaluateOnNewDocument", { source: script });
      this.#scripts.set(keyOf(source), added);
      return hasRun ? Promise.all([added, told.then((all) => this.#putInto(names, source, all.filter(({ isMain }) => isMain)))]) : added;
    }
    if (hasRun) return this.#putInto(names, source, []);
    const control = this.#quietly(source, "Runtime.evaluate", { expression: script, objectGroup: GROUP, silent: true }).then((answer) => readObjectId(answer));
    this.#agents.set(agentKey(source, undefined), { source, context: -1, control });
    return control;
  }

  /** `realms`: none where only the first can be spoken to. */
  async #putInto(names: RulesAgentNames, source: DebugSource, realms: readonly Realm[]): Promise<void> {
    const { api, isPage } = this.#edges;
    const places = realms.length === 0 ? [{}] : realms.map(({ uniqueId }) => ({ uniqueContextId: uniqueId }));
    for (const place of places) {
      if (this.#names !== names || this.#rules.length === 0) return;
      // A realm can end meanwhile.
      const put = await putIntoRunning(api, source, place, names, this.#forPage(), GROUP).catch(() => undefined);
      if (this.#names !== names || put === undefined) continue;
      if ("replaced" in put) {
        this.#refused = say("rules.refused", { name: put.replaced });
        this.#edges.changed();
      } else if (put.control !== undefined && !isPage(source)) {
        // One in a document says so itself, with the number of its realm.
        this.#agents.set(agentKey(source, undefined), { source, context: -1, control: Promise.resolve(put.control) });
        this.#begun(source);
      }
    }
  }

  #begun(source: DebugSource): void {
    const key = this.#edges.sessionKeyOf(source);
    this.#edges.inOrder(() => {
      if (this.#rules.length > 0) this.#open.begin(key);
    });
  }

  async #adopt({ source, objectId }: PageObject, token: string): Promise<void> {
    const { isPage } = this.#edges;
    const scope = isPage(source) ? readObjectId(await this.#call(source, GLOBAL_OF, objectId, [])) : undefined;
    const control = scope === undefined ? await this.#agents.get(agentKey(source, undefined))?.control : await this.#controlAt(source, scope);
    if (control === undefined) return this.#open.lost(token);
    const socket = { objectId };
    if (!isPage(source)) return void (await this.#call(source, SPEAK, control, [{ value: "adopt" }, { value: token }, socket]));
    // So that nothing of what is listed has changed by then.
    void this.#call(source, SPEAK, control, [{ value: "watch" }, { value: "" }, socket]);
    const listeners = readListeners(await this.#quietly(source, "DOMDebugger.getEventListeners", socket)).filter(({ type }) => type === "message" || type === "close");
    const handlers = listeners.map((one) => ({ objectId: one.objectId }));
    await this.#call(source, ADOPT, control, [{ value: token }, socket, { value: listeners.map(({ type, capture, once, passive }) => ({ type, capture, once, passive })) }, ...handlers]);
  }

  #call(source: DebugSource, functionDeclaration: string, objectId: string, values: readonly object[]): Promise<unknown> {
    return this.#quietly(source, "Runtime.callFunctionOn", { objectId, functionDeclaration, arguments: values, objectGroup: GROUP, silent: true });
  }

  /** Documents to come, and agents that are there, get the rules as they are now. */
  async #renew(): Promise<void> {
    const names = this.#names;
    if (names === undefined || this.#rules.length === 0) return;
    const script = rulesScript(names, this.#forPage());
    const { sources, isPage } = this.#edges;
    const renewed = sources().flatMap((source) => {
      if (!isPage(source)) return [];
      const before = this.#scripts.get(keyOf(source));
      this.#scripts.set(keyOf(source), this.#quietly(source, "Page.addScriptToEvaluateOnNewDocument", { source: script }));
      return [this.#removeScript(source, before)];
    });
    await this.#soon([...renewed, ...[...this.#agents.values()].map((agent) => this.#speak(agent, "rules", rulesJson(this.#forPage())))]);
  }

  async #uninstall(): Promise<void> {
    const names = this.#names;
    if (names === undefined) return;
    const agents = [...this.#agents.values()];
    const scripts = new Map(this.#scripts);
    const { sources, realms } = this.#edges;
    await this.#soon([...agents.map((agent) => this.#speak(agent, "off", "")), ...sources().map((source) => this.#removeScript(source, scripts.get(keyOf(source))))]);
    // What waited has been told of by now.
    if (this.#names !== names) return;
    for (const source of sources()) {
      void this.#quietly(source, "Runtime.removeBinding", { name: names.binding });
      void this.#quietly(source, "Runtime.releaseObjectGroup", { objectGroup: GROUP });
      realms.release(source);
    }
    this.#forget();
    this.#edges.changed();
  }

  /** A page that hangs, or a worker that does not run, answers late or never: nobody waits for it for long. */
  async #soon(told: readonly Promise<unknown>[]): Promise<void> {
    await Promise.race([Promise.all(told), new Promise<void>((resolve) => this.#edges.later(resolve, MOST_WAIT_MS))]);
  }

  #forget(): void {
    this.#names = undefined;
    this.#scripts.clear();
    this.#agents.clear();
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
    const agent = agentKey(source, isPage(source) ? context : undefined);
    switch (note.kind) {
      case "hello":
        if (!isPage(source)) return;
        this.#meet(agent, source, context);
        return this.#open.begin(sessionKey);
      case "ping":
        return void this.#tellAgent(agent, "pong", "");
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
        this.#aside.set(note.rule, note.why === "edit" ? say("rules.aside-edit") : note.why === "endless" ? say("rules.aside-endless", { n: MOST_CHAIN }) : say(note.why === "slow" ? "rules.aside-slow" : "rules.aside-fault"));
        void this.#inTurn(() => this.#renew());
        return this.#edges.changed();
      case "held": {
        const connection = ruled.connectionAt(`${agent} ${note.socket}`);
        const id = `${agent} ${note.n}`;
        if (this.#held.size >= MOST_HELD) for (const one of note.rules.slice(-1)) this.#pass(one);
        if (connection === undefined || this.#held.size >= MOST_HELD) return void this.#tellAgent(agent, "let go", JSON.stringify({ n: note.n, text: null, isDropped: false }));
        this.#held.set(id, { id, agent, n: note.n, rule: this.#nameOf(note.rules), connection, direction: note.isSent ? "sent" : "received", text: note.text });
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

  /** An agent in a document that has just begun; the rules may be others than when its script was added. */
  #meet(key: string, source: DebugSource, context: number): void {
    const agent = { source, context, control: this.#findControl(source, context) };
    this.#agents.set(key, agent);
    // Its document may have begun while the last rule was going.
    if (this.#rules.length === 0) void this.#speak(agent, "off", "");
    else void this.#speak(agent, "rules", rulesJson(this.#forPage()));
  }

  async #findControl(source: DebugSource, contextId: number): Promise<string | undefined> {
    // `this` alone: whatever has a name may be the page's.
    const objectId = readObjectId(await this.#quietly(source, "Runtime.evaluate", { expression: "this", contextId, objectGroup: GROUP, silent: true }));
    return objectId === undefined ? undefined : this.#controlAt(source, objectId);
  }

  async #controlAt(source: DebugSource, objectId: string): Promise<string | undefined> {
    return readListener(await this.#quietly(source, "DOMDebugger.getEventListeners", { objectId }), this.#names?.secret ?? "");
  }

  async #tellAgent(key: string, name: string, value: string): Promise<void> {
    const agent = this.#agents.get(key);
    if (agent !== undefined) await this.#speak(agent, name, value);
  }

  async #speak({ source, control }: Agent, name: string, value: string): Promise<void> {
    const objectId = await control;
    if (objectId !== undefined) await this.#quietly(source, "Runtime.callFunctionOn", { objectId, functionDeclaration: SPEAK, arguments: [{ value: name }, { value }], silent: true });
  }

  #count(id: string): void {
    const applied = (this.#applied.get(id) ?? 0) + 1;
    this.#applied.set(id, applied);
    // Each agent counts for itself alone.
    if (this.#rules.find(({ rule }) => rule.id === id)?.rule.most === applied) void this.#inTurn(() => this.#renew());
    this.#tellSoon();
  }

  #pass(id: string): void {
    this.#passed.set(id, (this.#passed.get(id) ?? 0) + 1);
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#edges.later(() => {
      this.#isTelling = false;
      this.#edges.changed();
    }, TOLD_EVERY_MS);
  }

  #firstHeld(): readonly HeldMessage[] {
    const told: HeldMessage[] = [];
    let length = 0;
    for (const { id, rule, connection, direction, text } of this.#held.values()) {
      length += text?.length ?? 0;
      if (told.length > 0 && (told.length >= MOST_TOLD || length > MOST_TOLD_TEXT)) break;
      told.push({ id, rule, connection, direction, text });
    }
    return told;
  }

  #free(isFree: (held: Held) => boolean): void {
    const before = this.#held.size;
    for (const held of this.#held.values()) if (isFree(held)) this.#held.delete(held.id);
    if (this.#held.size !== before) this.#tellSoon();
  }

  #nameOf(ids: readonly string[]): string {
    return ids.flatMap((id) => this.#titles.get(id) ?? []).join(", ");
  }

  async #removeScript(source: DebugSource, added: Promise<unknown> | undefined): Promise<void> {
    const { identifier } = ((await added) ?? {}) as { readonly identifier?: unknown };
    if (typeof identifier === "string") await this.#quietly(source, "Page.removeScriptToEvaluateOnNewDocument", { identifier });
  }

  /** The target may be gone before it arrives. */
  #quietly(source: DebugSource, method: string, params: object): Promise<unknown> {
    return this.#edges.api.send(source, method, params).catch(() => undefined);
  }
}

const newName = (): string => `_${crypto.randomUUID().replaceAll("-", "")}`;
const keyOf = ({ tabId, targetId, sessionId }: DebugSource): string => `${tabId} ${targetId} ${sessionId}`;
/** `context`: of a page, which has several. */
const agentKey = (source: DebugSource, context: number | undefined): string => `${keyOf(source)} ${context ?? ""}`;
