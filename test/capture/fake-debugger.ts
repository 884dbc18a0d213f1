import type { BrowserTarget, Debuggee, DebuggerApi, DebugSource, DetachListener, EventListener } from "../../src/capture/debugger-api.ts";

/** Stands where `chrome.debugger` stands: records the commands, and says what a test wants Chrome to say. */
export class FakeDebugger implements DebuggerApi {
  readonly commands: { readonly source: DebugSource; readonly method: string; readonly params: object }[] = [];
  /** What `chrome.debugger.getTargets` tells. */
  browserTargets: BrowserTarget[] = [];
  readonly ownId = "framescope";
  /** The document that the page shows. */
  loader = "first";
  /** The tab whose page opened a tab, by the tab's id; the user opened it where none is told. */
  readonly openers = new Map<number, number>();
  /** What a command answers, where a test says so. */
  readonly answers = new Map<string, (source: DebugSource, params: object) => unknown>();
  readonly debuggees: Debuggee[] = [];
  /** Methods that fail, with Chrome's sentence; `attach` is one. */
  readonly failures = new Map<string, string>();
  /** Methods that never answer. */
  readonly silent = new Set<string>();
  get attached(): number {
    return this.debuggees.length;
  }
  readonly #events = new Set<EventListener>();
  readonly #detaches = new Set<DetachListener>();
  readonly #tabs = new Set<(tabId: number) => void>();

  get listeners(): number {
    return this.#events.size + this.#detaches.size + this.#tabs.size;
  }

  async attach(debuggee: Debuggee): Promise<void> {
    await this.#answer("attach");
    if (this.debuggees.some((one) => JSON.stringify(one) === JSON.stringify(debuggee))) throw new Error("Another debugger is already attached to the target.");
    this.debuggees.push(debuggee);
  }

  async detach(debuggee: Debuggee): Promise<void> {
    await this.#answer("detach");
    const at = this.debuggees.findIndex((one) => JSON.stringify(one) === JSON.stringify(debuggee));
    if (at < 0) throw new Error("Debugger is not attached to it.");
    this.debuggees.splice(at, 1);
  }

  async targets(): Promise<readonly BrowserTarget[]> {
    await this.#answer("getTargets");
    return this.browserTargets;
  }

  async send(source: DebugSource, method: string, params: object = {}): Promise<unknown> {
    this.commands.push({ source, method, params });
    await this.#answer(method);
    const answer = this.answers.get(method)?.(source, params);
    if (answer !== undefined) return answer;
    if (method === "Target.getTargetInfo" && source.tabId !== undefined) {
      const opener = this.openers.get(source.tabId);
      return { targetInfo: { targetId: targetOf(source.tabId), type: "page", ...(opener !== undefined && { openerId: targetOf(opener) }) } };
    }
    if (method === "Performance.getMetrics") return { metrics: [{ name: "Timestamp", value: 1000 }] };
    if (method === "Page.getFrameTree") return { frameTree: { frame: { id: "f", loaderId: this.loader, url: "http://page.test/" } } };
    return {};
  }

  onEvent(listener: EventListener): () => void {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  onDetach(listener: DetachListener): () => void {
    this.#detaches.add(listener);
    return () => this.#detaches.delete(listener);
  }

  onTabOpened(listener: (tabId: number) => void): () => void {
    this.#tabs.add(listener);
    return () => this.#tabs.delete(listener);
  }

  openTab(tabId: number): void {
    for (const listener of this.#tabs) listener(tabId);
  }

  emit(source: DebugSource, method: string, params: unknown): void {
    for (const listener of this.#events) listener(source, method, params);
  }

  emitDetach(source: DebugSource, reason: string): void {
    for (const listener of this.#detaches) listener(source, reason);
  }

  /** The methods sent to one session, in order. */
  sentTo(sessionId: string | undefined): string[] {
    return this.commands.filter(({ source }) => source.sessionId === sessionId).map(({ method }) => method);
  }

  async #answer(method: string): Promise<void> {
    if (this.silent.has(method)) await new Promise<never>(() => {});
    const failure = this.failures.get(method);
    if (failure !== undefined) throw new Error(failure);
  }
}

/** The id of the target that a tab shows. */
const targetOf = (tabId: number): string => `page of ${tabId}`;
