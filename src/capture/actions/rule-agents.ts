import type { PageRule } from "../../model/message-rule.ts";
import { keyOf, type Realms } from "../attach/realms.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import type { PageObject } from "../page-object.ts";
import { readListener, readListeners, readObjectId } from "../sources/cdp-events.ts";
import { readRuleNote, rulesJson, rulesScript, type RuleNote, type RulesAgentNames } from "../sources/rules-agent.ts";
import { putIntoRunning } from "./rules-in-running.ts";
import { Unanswered } from "./unanswered.ts";

export interface RuleAgentEdges {
  readonly api: DebuggerApi;
  readonly realms: Realms;
  readonly sources: () => readonly DebugSource[];
  readonly isPage: (source: DebugSource) => boolean;
  readonly later: (callback: () => void, milliseconds: number) => void;
  /** Whether any rule is on still. */
  readonly areWanted: () => boolean;
  /** The rules as an agent has them now. */
  readonly rules: () => readonly PageRule[];
  /** An agent has come into a worker that ran before. */
  readonly begun: (source: DebugSource) => void;
  /** None can be where the page has a function of its own by this name. */
  readonly refused: (name: string) => void;
  /** All targets have the rules as they are now, or none any more. */
  readonly settled: () => void;
}

interface Agent {
  readonly source: DebugSource;
  readonly context: number;
  /** The function that it is spoken to by. */
  readonly control: Promise<string | undefined>;
}

/** What a target was told, and its answer. */
type Told = readonly [source: DebugSource, answer: Promise<unknown>];

const MOST_WAIT_MS = 2000;
const GROUP = "framescope-rules";
const SPEAK = "function (name, value, socket) { this(name, value, socket); }";
/** Listeners without their handlers, which are behind them in the same order. */
const ADOPT = `function (token, socket, listeners) { for (let i = 0; i < listeners.length; i++) listeners[i].listener = arguments[i + 3]; this("adopt", token, socket, listeners); }`;
/** The global object of the realm that a socket is of: whatever has a name may be the page's. */
const GLOBAL_OF = "function () { return (function () { return this; })(); }";

/**
 * The agents that apply message rules, one in every document and worker while a rule is on. They are spoken to through a
 * handle of a function of theirs, which Chrome gives by the name of a listener that no script can see: nothing that a page
 * does switches a rule on. An agent is made of Chrome's own functions: it is put in before the first script, or, where that
 * has run, once each function is seen to be Chrome's. Where the page keeps one of them to itself, there is none until the
 * document is loaded anew.
 */
export class RuleAgents {
  readonly #edges: RuleAgentEdges;
  #names: RulesAgentNames | undefined;
  readonly #scripts = new Map<string, Promise<unknown>>();
  readonly #agents = new Map<string, Agent>();
  readonly #unanswered: Unanswered;

  constructor(edges: RuleAgentEdges) {
    this.#edges = edges;
    this.#unanswered = new Unanswered(edges.sources, edges.settled);
  }

  /** Whether there are any, or are about to be. */
  get areIn(): boolean {
    return this.#names !== undefined;
  }

  /** Whether every target that runs has the rules as they are now, or none any more. */
  get areSettled(): boolean {
    return this.#unanswered.isEmpty;
  }

  /** What one is known by. */
  keyOf(source: DebugSource, context: number): string {
    return agentKey(source, this.#edges.isPage(source) ? context : undefined);
  }

  /** Puts one into every target. Resolves once those have it that answer soon. */
  async begin(): Promise<void> {
    const names = { binding: newName(), secret: newName() };
    this.#names = names;
    const { sources, isPage } = this.#edges;
    await this.#soon(sources().map((source) => [source, this.#install(names, source, isPage(source), true)]));
  }

  /** Before anything of a target runs, or (`hasRun`) later. */
  prepare(source: DebugSource, isPage: boolean, hasRun: boolean): void {
    if (this.#names === undefined || !this.#edges.areWanted()) return;
    const installed = this.#install(this.#names, source, isPage, hasRun);
    // One that has yet to run does so behind what it was told.
    if (hasRun) this.#unanswered.add(source, installed);
  }

  /** What an agent says by a `Runtime.bindingCalled`; undefined for one that is not an agent's. */
  read(params: unknown): { readonly context: number; readonly note: RuleNote } | undefined {
    return this.#names === undefined ? undefined : readRuleNote(params, this.#names);
  }

  /** One in a document that has just begun; the rules may be others than when its script was added. */
  met(source: DebugSource, context: number): void {
    const agent = { source, context, control: this.#findControl(source, context) };
    this.#agents.set(this.keyOf(source, context), agent);
    // Its document may have begun while the last rule was going.
    const told = this.#edges.areWanted() ? this.#speak(agent, "rules", rulesJson(this.#edges.rules())) : this.#speak(agent, "off", "");
    if (!this.areSettled) this.#unanswered.add(source, told);
  }

  /** Documents to come, and agents that are there, get the rules as they are now. */
  async renew(): Promise<void> {
    const { sources, isPage, areWanted, rules } = this.#edges;
    const names = this.#names;
    if (names === undefined || !areWanted()) return;
    const script = rulesScript(names, rules());
    const renewed = sources().flatMap((source): Told[] => {
      if (!isPage(source)) return [];
      const before = this.#scripts.get(keyOf(source));
      const added = this.#quietly(source, "Page.addScriptToEvaluateOnNewDocument", { source: script });
      this.#scripts.set(keyOf(source), added);
      return [[source, added], [source, this.#removeScript(source, before)]];
    });
    await this.#soon([...renewed, ...[...this.#agents.values()].map((agent): Told => [agent.source, this.#speak(agent, "rules", rulesJson(rules()))])]);
  }

  /** Takes all of them away; false where that was done meanwhile. */
  async uninstall(): Promise<boolean> {
    const names = this.#names;
    if (names === undefined) return false;
    const agents = [...this.#agents.values()];
    const scripts = new Map(this.#scripts);
    const { sources, realms } = this.#edges;
    await this.#soon([...agents.map((agent): Told => [agent.source, this.#speak(agent, "off", "")]), ...sources().map((source): Told => [source, this.#removeScript(source, scripts.get(keyOf(source)))])]);
    // What waited has been told of by now.
    if (this.#names !== names) return false;
    for (const source of sources()) {
      void this.#quietly(source, "Runtime.removeBinding", { name: names.binding });
      void this.#quietly(source, "Runtime.releaseObjectGroup", { objectGroup: GROUP });
      realms.release(source);
    }
    this.#forget();
    return true;
  }

  /** The attachment ends. Where Chrome has ended it already nobody hears us, and the agents find out by themselves. */
  clear(): void {
    for (const agent of this.#agents.values()) void this.#speak(agent, "off", "");
    this.#unanswered.clear();
    this.#forget();
  }

  /** The document, or all of a target, is gone (undefined); answers what those in it were known by. */
  gone(source: DebugSource, context: number | undefined): readonly string[] {
    const gone = [...this.#agents].flatMap(([key, agent]) => (keyOf(agent.source) !== keyOf(source) || (context !== undefined && agent.context !== context) ? [] : [key]));
    for (const key of gone) this.#agents.delete(key);
    this.#unanswered.targetGone();
    return gone;
  }

  has(key: string): boolean {
    return this.#agents.has(key);
  }

  async tell(key: string, name: "pong" | "let go", value: string): Promise<void> {
    const agent = this.#agents.get(key);
    if (agent !== undefined) await this.#speak(agent, name, value);
  }

  /** Hands a socket of the page's to the agent in its realm, which tells of it; false: there is none. */
  async adopt({ source, objectId }: PageObject, token: string): Promise<boolean> {
    const { isPage } = this.#edges;
    const scope = isPage(source) ? readObjectId(await this.#call(source, GLOBAL_OF, objectId, [])) : undefined;
    const control = scope === undefined ? await this.#agents.get(agentKey(source, undefined))?.control : await this.#controlAt(source, scope);
    if (control === undefined) return false;
    const socket = { objectId };
    if (!isPage(source)) {
      await this.#call(source, SPEAK, control, [{ value: "adopt" }, { value: token }, socket]);
      return true;
    }
    // So that nothing of what is listed has changed by then.
    void this.#call(source, SPEAK, control, [{ value: "watch" }, { value: "" }, socket]);
    const listeners = readListeners(await this.#quietly(source, "DOMDebugger.getEventListeners", socket)).filter(({ type }) => type === "message" || type === "close");
    const handlers = listeners.map((one) => ({ objectId: one.objectId }));
    await this.#call(source, ADOPT, control, [{ value: token }, socket, { value: listeners.map(({ type, capture, once, passive }) => ({ type, capture, once, passive })) }, ...handlers]);
    return true;
  }

  #install(names: RulesAgentNames, source: DebugSource, isPage: boolean, hasRun: boolean): Promise<unknown> {
    const { realms, rules } = this.#edges;
    // Without this, documents to come would not get the binding.
    const told = realms.hold(source).catch(() => []);
    void this.#quietly(source, "Runtime.addBinding", { name: names.binding });
    const script = rulesScript(names, rules());
    if (isPage) {
      const added = this.#quietly(source, "Page.addScriptToEvaluateOnNewDocument", { source: script });
      this.#scripts.set(keyOf(source), added);
      return hasRun ? this.#putIntoAll(names, source, told, added) : added;
    }
    if (hasRun) return this.#putInto(names, source, [{}]);
    const control = this.#quietly(source, "Runtime.evaluate", { expression: script, objectGroup: GROUP, silent: true }).then((answer) => readObjectId(answer));
    this.#agents.set(agentKey(source, undefined), { source, context: -1, control });
    return control;
  }

  /** The documents of a page that began before their script was added, be it after their realms were asked for. */
  async #putIntoAll(names: RulesAgentNames, source: DebugSource, told: Promise<unknown>, added: Promise<unknown>): Promise<void> {
    await Promise.all([told, added]);
    const realms = this.#edges.realms.of(source).filter(({ isMain }) => isMain);
    const begun = realms.filter(({ id }) => !this.#agents.has(agentKey(source, id)));
    // Where Chrome told of none, only the first can be spoken to.
    await this.#putInto(names, source, realms.length === 0 ? [{}] : begun.map(({ uniqueId }) => ({ uniqueContextId: uniqueId })));
  }

  async #putInto(names: RulesAgentNames, source: DebugSource, places: readonly { readonly uniqueContextId?: string }[]): Promise<void> {
    const { api, isPage, areWanted, rules, begun, refused } = this.#edges;
    for (const place of places) {
      if (this.#names !== names || !areWanted()) return;
      // A realm can end meanwhile.
      const put = await putIntoRunning(api, source, place, names, rules(), GROUP).catch(() => undefined);
      if (this.#names !== names || put === undefined) continue;
      if ("replaced" in put) refused(put.replaced);
      else if (put.control !== undefined && !isPage(source)) {
        // One in a document says so itself, with the number of its realm.
        this.#agents.set(agentKey(source, undefined), { source, context: -1, control: Promise.resolve(put.control) });
        begun(source);
      }
    }
  }

  async #findControl(source: DebugSource, contextId: number): Promise<string | undefined> {
    // `this` alone: whatever has a name may be the page's.
    const objectId = readObjectId(await this.#quietly(source, "Runtime.evaluate", { expression: "this", contextId, objectGroup: GROUP, silent: true }));
    return objectId === undefined ? undefined : this.#controlAt(source, objectId);
  }

  async #controlAt(source: DebugSource, objectId: string): Promise<string | undefined> {
    return readListener(await this.#quietly(source, "DOMDebugger.getEventListeners", { objectId }), this.#names?.secret ?? "");
  }

  async #speak({ source, control }: Agent, name: string, value: string): Promise<void> {
    const objectId = await control;
    if (objectId !== undefined) await this.#call(source, SPEAK, objectId, [{ value: name }, { value }]);
  }

  async #removeScript(source: DebugSource, added: Promise<unknown> | undefined): Promise<void> {
    const { identifier } = ((await added) ?? {}) as { readonly identifier?: unknown };
    if (typeof identifier === "string") await this.#quietly(source, "Page.removeScriptToEvaluateOnNewDocument", { identifier });
  }

  #call(source: DebugSource, functionDeclaration: string, objectId: string, values: readonly object[]): Promise<unknown> {
    return this.#quietly(source, "Runtime.callFunctionOn", { objectId, functionDeclaration, arguments: values, objectGroup: GROUP, silent: true });
  }

  /** A page that hangs, or a worker that does not run, answers late or never: nobody waits for it for long. */
  async #soon(told: readonly Told[]): Promise<void> {
    for (const [source, answer] of told) this.#unanswered.add(source, answer);
    await Promise.race([this.#unanswered.whenEmpty(), new Promise<void>((resolve) => this.#edges.later(resolve, MOST_WAIT_MS))]);
  }

  /** The target may be gone before it arrives. */
  #quietly(source: DebugSource, method: string, params: object): Promise<unknown> {
    return this.#edges.api.send(source, method, params).catch(() => undefined);
  }

  #forget(): void {
    this.#names = undefined;
    this.#scripts.clear();
    this.#agents.clear();
  }
}

const newName = (): string => `_${crypto.randomUUID().replaceAll("-", "")}`;
/** `context`: of a page, which has several. */
const agentKey = (source: DebugSource, context: number | undefined): string => `${keyOf(source)} ${context ?? ""}`;
