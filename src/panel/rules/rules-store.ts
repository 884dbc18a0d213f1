import { createStore, type StoreApi } from "zustand/vanilla";
import { MOST_RULES, readMessageRules, type MessageRule } from "../../model/message-rule.ts";
import { say, type Told } from "../../model/said.ts";
import { KeptStore } from "../state/kept-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { toldBy } from "../told-by.ts";

const RULES_KEY = "message-rules";
const FILE_KIND = "framescope-rules";

/** The rules that are kept, and what was last told of them. Which are on, only the capture knows: it forgets at its end. */
export class RulesStore {
  readonly kept: KeptStore<{ readonly rules: readonly MessageRule[] }>;
  readonly told: StoreApi<{ readonly told: Told | null }> = createStore<{ readonly told: Told | null }>(() => ({ told: null }));
  readonly #session: PanelSession;
  /** Those that are being turned on, until the capture says that they are. */
  #wanted: readonly string[] | null = null;

  constructor(session: PanelSession) {
    this.#session = session;
    this.kept = new KeptStore(session.area, RULES_KEY, (stored) => ({ rules: readMessageRules((stored as { readonly rules?: unknown } | null | undefined)?.rules).rules }));
  }

  /** Answers what ends it. */
  begin(): () => void {
    this.kept.begin().catch(() => undefined);
    return () => this.kept.end();
  }

  get #on(): readonly string[] {
    return this.#wanted ?? this.#session.messageRules.getState().on.map(({ id }) => id);
  }

  get #rules(): readonly MessageRule[] {
    return this.kept.store.getState().rules;
  }

  /** Why a rule cannot be in force; null: it can. */
  async check(rule: MessageRule): Promise<Told | null> {
    try {
      await this.#session.engine.call("pageRule", rule);
      return null;
    } catch (problem) {
      return toldBy(problem);
    }
  }

  async turn(id: string, isOn: boolean): Promise<void> {
    const on = this.#on;
    await this.#set(isOn ? [...on, id] : on.filter((one) => one !== id));
  }

  /** A new rule, or another form of one; it goes on where it was on. */
  async save(rule: MessageRule): Promise<void> {
    const isNew = !this.#rules.some(({ id }) => id === rule.id);
    await this.#change(isNew ? [...this.#rules, rule].slice(-MOST_RULES) : this.#rules.map((one) => (one.id === rule.id ? rule : one)));
  }

  async remove(id: string): Promise<void> {
    await this.#change(this.#rules.filter((one) => one.id !== id));
  }

  /** Rules are tried in their order. */
  async moveUp(id: string): Promise<void> {
    const at = this.#rules.findIndex((one) => one.id === id);
    const before = this.#rules[at - 1];
    const moved = this.#rules[at];
    if (before === undefined || moved === undefined) return;
    await this.#change(this.#rules.with(at - 1, moved).with(at, before));
  }

  async letGo(id: string, text: string | null, isDropped: boolean): Promise<void> {
    await this.#session.capture.live("letGoMessage", { id, text, isDropped }).catch((problem: unknown) => this.#tell(toldBy(problem)));
  }

  /** As a file that `importFile` reads. */
  exportText(): string {
    return `${JSON.stringify({ kind: FILE_KIND, rules: this.#rules }, null, 2)}\n`;
  }

  /** Adds the rules of a file, off; those that are here already come as others. */
  async importFile(text: string): Promise<void> {
    let file: { readonly kind?: unknown; readonly rules?: unknown } | null = null;
    try {
      file = JSON.parse(text) as { readonly kind?: unknown; readonly rules?: unknown } | null;
    } catch {
      // It is said below.
    }
    if (file?.kind !== FILE_KIND) return this.#tell(say("rules.not-a-file"));
    const { rules, refused } = readMessageRules(file.rules);
    const added = rules.map((rule) => ({ ...rule, id: crypto.randomUUID() })).slice(0, MOST_RULES - this.#rules.length);
    await this.#change([...this.#rules, ...added]);
    const left = refused + rules.length - added.length;
    this.#tell(left === 0 ? say("rules.imported", { n: added.length }) : say("rules.imported-some", { n: added.length, refused: left }));
  }

  async #change(rules: readonly MessageRule[]): Promise<void> {
    this.kept.change({ rules });
    const on = this.#on;
    if (on.length > 0) await this.#set(on);
  }

  async #set(on: readonly string[]): Promise<void> {
    this.#tell(null);
    this.#wanted = on;
    const rules = this.#rules.filter(({ id }) => on.includes(id));
    try {
      const ready = await Promise.all(rules.map(async (rule) => ({ name: rule.name, rule: await this.#session.engine.call("pageRule", rule) })));
      await this.#session.capture.live("setMessageRules", { rules: ready });
    } catch (problem) {
      this.#tell(say("rules.not-set", { why: toldBy(problem) }));
    }
    if (this.#wanted === on) this.#wanted = null;
  }

  #tell(told: Told | null): void {
    this.told.setState({ told });
  }
}
