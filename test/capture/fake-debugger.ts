import type { DebuggerApi, DebugSource, DetachListener, EventListener } from "../../src/capture/debugger-api.ts";

/** Stands where `chrome.debugger` stands: records the commands, and says what a test wants Chrome to say. */
export class FakeDebugger implements DebuggerApi {
  readonly commands: { readonly source: DebugSource; readonly method: string }[] = [];
  /** Methods that fail, with Chrome's sentence; `attach` is one. */
  readonly failures = new Map<string, string>();
  /** Methods that never answer. */
  readonly silent = new Set<string>();
  attached = 0;
  readonly #events = new Set<EventListener>();
  readonly #detaches = new Set<DetachListener>();

  get listeners(): number {
    return this.#events.size + this.#detaches.size;
  }

  async attach(): Promise<void> {
    await this.#answer("attach");
    this.attached++;
  }

  async detach(): Promise<void> {
    await this.#answer("detach");
    this.attached--;
  }

  async send(source: DebugSource, method: string): Promise<unknown> {
    this.commands.push({ source, method });
    await this.#answer(method);
    if (method === "Performance.getMetrics") return { metrics: [{ name: "Timestamp", value: 1000 }] };
    if (method === "Page.getFrameTree") return { frameTree: { frame: { id: "f", url: "http://page.test/" } } };
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
