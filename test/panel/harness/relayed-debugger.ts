import type { BrowserTarget, Debuggee, DebuggerApi, DebugSource, EventListener } from "../../../src/capture/debugger-api.ts";

/** A command for the demo's page, and what scripts/dev-page.mjs answers over Vite's own socket. */
interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly problem?: string;
}

/** `chrome.debugger` of the demo's page in the same browser, by way of `npm run dev`. */
export class RelayedDebugger implements DebuggerApi {
  readonly ownId = "framescope";
  readonly #tabId: number;
  readonly #hot: NonNullable<ImportMeta["hot"]>;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #listeners = new Set<EventListener>();
  #lastId = 0;

  constructor(tabId: number, hot: NonNullable<ImportMeta["hot"]>) {
    this.#tabId = tabId;
    this.#hot = hot;
    hot.on("framescope:answer", (answer: Answer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    hot.on("framescope:event", ({ sessionId, method, params }: { readonly sessionId?: string; readonly method: string; readonly params: unknown }) => {
      const source = { tabId: this.#tabId, ...(sessionId !== undefined && { sessionId }) };
      for (const listener of this.#listeners) listener(source, method, params);
    });
  }

  async attach(debuggee: Debuggee): Promise<void> {
    this.#expectPage(debuggee);
    await this.#ask({ method: "attach" });
  }

  async detach(debuggee: Debuggee): Promise<void> {
    this.#expectPage(debuggee);
    await this.#ask({ method: "detach" });
  }

  async send(source: DebugSource, method: string, params: object = {}): Promise<unknown> {
    this.#expectPage(source);
    return await this.#ask({ sessionId: source.sessionId, method, params });
  }

  /** Nothing beside the page is captured. */
  targets(): Promise<readonly BrowserTarget[]> {
    return Promise.resolve([]);
  }

  onEvent(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** It ends with `npm run dev`, and the page with it. */
  onDetach(): () => void {
    return () => undefined;
  }

  onTabOpened(): () => void {
    return () => undefined;
  }

  /** There is one debugger at the other end, the page's: what is meant for another target must not reach it. */
  #expectPage(source: DebugSource): void {
    if (source.tabId !== this.#tabId) throw new Error("No target with given id found.");
  }

  #ask(command: { readonly sessionId?: string | undefined; readonly method: string; readonly params?: object }): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ value, problem }) => (problem === undefined ? resolve(value) : reject(new Error(problem))));
      this.#hot.send("framescope:command", { id, ...command });
    });
  }
}
