import type { BrowserTarget, Debuggee, DebuggerApi, DebugSource, DetachListener, EventListener } from "../../capture/debugger-api.ts";
import type { CdpPipe } from "./cdp-pipe.ts";

/** A target as the protocol tells it. */
interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly title: string;
  readonly url: string;
  /** Of a tab that a page has opened. */
  readonly openerId?: string;
}

/** Chrome attaches to pages and shared workers by itself, and has each wait until it may run: so none of its sockets is missed. */
const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter: [{ type: "page" }, { type: "shared_worker" }, { exclude: true }] };
/** A worker's script is asked for before there is such a worker; a script that does not come makes none. */
const MOST_WAIT_MS = 10_000;
/** Nobody wants it: it is not to wait for ever. */
const UNWANTED_MS = 2000;
/** How long those that are asked whether they have told everything may take. */
const MOST_DRAIN_MS = 1000;

/**
 * `chrome.debugger` as an extension has it, over the pipe of a browser that this process has started: what an extension
 * calls a debuggee is a session here, and a tab is a page that got a number. One browser, one of these.
 */
export class PipeDebugger implements DebuggerApi {
  /** No extension has it: there is none whose own pages would have to be left alone. */
  readonly ownId = "framescope";
  readonly #pipe: CdpPipe;
  readonly #events = new Set<EventListener>();
  readonly #detaches = new Set<DetachListener>();
  readonly #openings = new Set<(tabId: number) => void>();
  /** The number of each page, by its target. */
  readonly #tabs = new Map<string, number>();
  #lastTab = 0;
  /** Which debuggee a session belongs to: its own, or that of what runs in it. */
  readonly #owners = new Map<string, Debuggee>();
  readonly #sessions = new Map<string, string>();
  /** Sessions that nobody has asked for yet, by their targets; and who waits for one. */
  readonly #unasked = new Map<string, string>();
  readonly #awaited = new Map<string, (sessionId: string) => void>();

  constructor(pipe: CdpPipe) {
    this.#pipe = pipe;
    pipe.onEvent = (method, params, sessionId) => {
      if (sessionId === undefined) this.#takeOfBrowser(method, params as never);
      else this.#takeOfSession(method, params, sessionId);
    };
  }

  /** Begins to tell of tabs; answers the first that shows a page. Rejects where there is none. */
  async begin(): Promise<number> {
    await this.#pipe.send("Target.setDiscoverTargets", { discover: true });
    await this.#pipe.send("Target.setAutoAttach", AUTO_ATTACH);
    const page = (await this.#infos()).find(({ type }) => type === "page");
    if (page === undefined) throw new Error("The browser shows no page.");
    return this.#numberOf(page.targetId);
  }

  /** Resolves once everything that has happened until now is told, or a second has passed. */
  async drain(): Promise<void> {
    const answers = [...this.#owners.keys()].map((session) => this.#pipe.send("Runtime.evaluate", { expression: "0" }, session).catch(() => {}));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([Promise.all(answers), new Promise((resolve) => (timer = setTimeout(resolve, MOST_DRAIN_MS)))]);
    clearTimeout(timer);
  }

  /** Has a tab show a page; answers why it does not, in Chrome's words. */
  async navigate(tabId: number, url: string): Promise<string | undefined> {
    const { errorText } = (await this.send({ tabId }, "Page.navigate", { url })) as { readonly errorText?: string };
    return errorText;
  }

  isAttached(debuggee: Debuggee): boolean {
    return this.#sessions.has(keyOf(debuggee));
  }

  async attach(debuggee: Debuggee): Promise<void> {
    if (this.#sessions.has(keyOf(debuggee))) throw new Error("Another debugger is already attached to the target.");
    const targetId = "targetId" in debuggee ? debuggee.targetId : this.#targetOf(debuggee.tabId);
    if (targetId === undefined) throw new Error("No tab with the given id.");
    const sessionId = this.#unasked.get(targetId) ?? (await this.#nextSession(targetId));
    this.#unasked.delete(targetId);
    this.#sessions.set(keyOf(debuggee), sessionId);
    this.#owners.set(sessionId, debuggee);
    // Behind what whoever asked for it has to say first.
    setImmediate(() => this.#letRun(sessionId));
  }

  async detach(debuggee: Debuggee): Promise<void> {
    const sessionId = this.#sessions.get(keyOf(debuggee));
    if (sessionId === undefined) throw new Error("Debugger is not attached to it.");
    this.#forget(debuggee);
    await this.#pipe.send("Target.detachFromTarget", { sessionId });
  }

  send(source: DebugSource, method: string, params?: object): Promise<unknown> {
    const sessionId = source.sessionId ?? this.#sessions.get(keyOf(source));
    if (sessionId === undefined) return Promise.reject(new Error("Debugger is not attached to it."));
    return this.#pipe.send(method, params, sessionId);
  }

  async targets(): Promise<readonly BrowserTarget[]> {
    return (await this.#infos()).map(({ targetId: id, type, title, url }) => {
      // As `chrome.debugger.getTargets` has them.
      if (type === "page") return { id, type, title, url, tabId: this.#numberOf(id) };
      if (type === "shared_worker") return { id, type: "worker", title, url };
      if (type === "service_worker") return { id, type: "worker", title: `Service Worker ${url}`, url };
      return { id, type: type === "worker" ? "other" : type, title, url };
    });
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
    this.#openings.add(listener);
    return () => this.#openings.delete(listener);
  }

  async #infos(): Promise<readonly TargetInfo[]> {
    const { targetInfos } = (await this.#pipe.send("Target.getTargets")) as { readonly targetInfos: readonly TargetInfo[] };
    return targetInfos;
  }

  #takeOfBrowser(method: string, params: { readonly sessionId: string; readonly targetId: string; readonly targetInfo: TargetInfo }): void {
    switch (method) {
      case "Target.targetCreated":
        this.#tellOfTab(params.targetInfo);
        return;
      case "Target.targetDestroyed":
        this.#tabs.delete(params.targetId);
        this.#unasked.delete(params.targetId);
        return;
      case "Target.attachedToTarget": {
        const { targetInfo, sessionId } = params;
        this.#tellOfTab(targetInfo);
        this.#takeNew(targetInfo, sessionId);
        return;
      }
      case "Target.detachedFromTarget": {
        const debuggee = this.#owners.get(params.sessionId);
        // One that was given up is forgotten by now.
        if (debuggee === undefined) return;
        this.#forget(debuggee);
        for (const listener of this.#detaches) listener(debuggee, "target_closed");
      }
    }
  }

  #tellOfTab({ type, targetId }: TargetInfo): void {
    if (type !== "page" || this.#tabs.has(targetId)) return;
    const tabId = this.#numberOf(targetId);
    for (const listener of this.#openings) listener(tabId);
  }

  #takeOfSession(method: string, params: unknown, sessionId: string): void {
    const debuggee = this.#owners.get(sessionId);
    if (debuggee === undefined) return;
    const { sessionId: child } = (params ?? {}) as { readonly sessionId?: string };
    if (method === "Target.attachedToTarget" && child !== undefined) this.#owners.set(child, debuggee);
    const source = this.#sessions.get(keyOf(debuggee)) === sessionId ? debuggee : { ...debuggee, sessionId };
    for (const listener of this.#events) listener(source, method, params);
    if (method === "Target.detachedFromTarget" && child !== undefined) this.#owners.delete(child);
  }

  #forget(debuggee: Debuggee): void {
    this.#sessions.delete(keyOf(debuggee));
    for (const [session, owner] of this.#owners) if (keyOf(owner) === keyOf(debuggee)) this.#owners.delete(session);
  }

  #nextSession(targetId: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#awaited.delete(targetId);
        reject(new Error("No target with given id."));
      }, MOST_WAIT_MS).unref();
      this.#awaited.set(targetId, (sessionId) => {
        this.#awaited.delete(targetId);
        clearTimeout(late);
        resolve(sessionId);
      });
    });
  }

  #takeNew({ targetId, openerId }: TargetInfo, sessionId: string): void {
    const take = this.#awaited.get(targetId);
    if (take !== undefined) return take(sessionId);
    this.#unasked.set(targetId, sessionId);
    // A tab that the user opens is no page's.
    const isWanted = openerId !== undefined || !this.#tabs.has(targetId);
    setTimeout(() => {
      if (this.#unasked.get(targetId) === sessionId) this.#letRun(sessionId);
    }, isWanted ? UNWANTED_MS : 0).unref();
  }

  #letRun(sessionId: string): void {
    this.#pipe.send("Runtime.runIfWaitingForDebugger", {}, sessionId).catch(() => {});
  }

  #targetOf(tabId: number): string | undefined {
    for (const [targetId, known] of this.#tabs) if (known === tabId) return targetId;
    return undefined;
  }

  #numberOf(targetId: string): number {
    const known = this.#tabs.get(targetId);
    if (known !== undefined) return known;
    this.#tabs.set(targetId, ++this.#lastTab);
    return this.#lastTab;
  }
}

const keyOf = ({ tabId, targetId }: DebugSource): string => (tabId === undefined ? `target ${targetId}` : `tab ${tabId}`);
