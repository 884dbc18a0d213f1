import { readMetric, readValue, type AttachedTarget } from "../sources/cdp-events.ts";
import { observerEnd, observerScript, type ObserverNames } from "../sources/closing-observer.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import type { Realms } from "./realms.ts";

/** Every new target waits for us, so that none of its sockets is missed; see `startChild` for why none waits long. */
const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
/** In milliseconds since 1970. A page that was prepared ahead began before it was shown. */
const SHOWN = `performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.activationStart ?? 0)`;
/** Bytes of ordinary requests that Chrome keeps for whoever asks for them: parameters of `Network.enable`. */
export interface HeldHttp {
  readonly maxTotalBufferSize: number;
  readonly maxResourceBufferSize: number;
  readonly maxPostDataSize: number;
}

/** Their bodies are of no use here, so the page's process need not keep any for us. */
const NO_HTTP: HeldHttp = { maxTotalBufferSize: 1024, maxResourceBufferSize: 1024, maxPostDataSize: 0 };

/** The commands that make a target tell of its sockets. Only `enableNetwork` can fail; what else fails is left out. */
export class SessionCommands {
  readonly #api: DebuggerApi;
  readonly #realms: Realms;
  readonly #observerNames: () => ObserverNames;
  readonly #observes: () => boolean;
  /** What else a target must be told before it runs. */
  readonly #also: () => { readonly method: string; readonly params: object } | undefined;
  /** What else is to stand in a target before it runs. */
  readonly #prepare: (source: DebugSource, isPage: boolean, hasRun: boolean) => void;
  readonly #held: HeldHttp;
  /** The observer's script for documents to come, by session. */
  readonly #scripts = new Map<string, Promise<unknown>>();

  constructor(api: DebuggerApi, realms: Realms, observerNames: () => ObserverNames, observes: () => boolean, also: () => { readonly method: string; readonly params: object } | undefined = () => undefined, prepare: (source: DebugSource, isPage: boolean, hasRun: boolean) => void = () => {}, held = NO_HTTP) {
    this.#api = api;
    this.#realms = realms;
    this.#observerNames = observerNames;
    this.#observes = observes;
    this.#also = also;
    this.#prepare = prepare;
    this.#held = held;
  }

  /** Rejects with Chrome's own sentence. */
  enableNetwork(source: DebugSource): Promise<unknown> {
    return this.#api.send(source, "Network.enable", this.#held);
  }

  /** A tab that the debugger was attached to. Answers when Chrome has attached us to what runs in it. */
  startPage(source: DebugSource): Promise<unknown> {
    const attached = this.quietly(source, "Target.setAutoAttach", AUTO_ATTACH);
    void this.quietly(source, "Page.enable");
    void this.quietly(source, "Inspector.enable");
    this.#tellAlso(source);
    if (this.#observes()) this.install(source, true);
    this.#prepare(source, true, true);
    return attached;
  }

  /** A shared worker; it does not wait for us. Answers when it tells of its sockets, or cannot. */
  startSharedWorker(source: DebugSource): Promise<unknown> {
    const heard = this.quietly(source, "Network.enable", this.#held);
    this.#tellAlso(source);
    if (this.#observes()) this.install(source, false);
    this.#prepare(source, false, true);
    void this.quietly(source, "Target.setAutoAttach", AUTO_ATTACH);
    return heard;
  }

  /**
   * A frame or worker. A new one stands still until `Runtime.runIfWaitingForDebugger`, so nothing here waits for an
   * answer: `Network.enable` on a service worker answers only once it runs, and Chrome keeps the order of commands.
   * `isOurs`: nothing of the page's runs in it.
   */
  startChild(source: DebugSource, { type, isNew }: Pick<AttachedTarget, "type" | "isNew">, isOurs: boolean): void {
    try {
      void this.quietly(source, "Network.enable", this.#held);
      this.#tellAlso(source);
      void this.quietly(source, "Target.setAutoAttach", AUTO_ATTACH);
      // A frame waits before it has a URL; workers have theirs, and no Page domain.
      const isPage = type === "iframe" || type === "page";
      if (isPage) void this.quietly(source, "Page.enable");
      if (this.#observes()) this.install(source, isPage);
      if (!isOurs) this.#prepare(source, isPage, !isNew);
    } finally {
      void this.quietly(source, "Runtime.runIfWaitingForDebugger");
    }
  }

  /**
   * Both clocks at one moment: CDP's in seconds, and `now`'s milliseconds since 1970 as seconds. `began`: when the page
   * began, on CDP's clock.
   */
  async readClock(source: DebugSource, now: () => number): Promise<{ readonly timestamp: number; readonly wallTime: number; readonly began: number | undefined } | undefined> {
    await this.quietly(source, "Performance.enable", { timeDomain: "timeTicks" });
    const before = now();
    const result = await this.quietly(source, "Performance.getMetrics");
    const wallTime = (before + now()) / 2 / 1000;
    void this.quietly(source, "Performance.disable");
    const timestamp = readMetric(result, "Timestamp");
    return timestamp === undefined ? undefined : { timestamp, wallTime, began: readMetric(result, "NavigationStart") };
  }

  /** When the page that is shown was shown, in seconds since 1970: after it had begun, where it was prepared ahead. */
  async readShown(source: DebugSource): Promise<number | undefined> {
    const shown = readValue(await this.quietly(source, "Runtime.evaluate", { expression: SHOWN, silent: true, returnByValue: true }));
    return typeof shown === "number" ? shown / 1000 : undefined;
  }

  /** Has the closings of a target observed, in a page from its next document on too. */
  install(source: DebugSource, isPage: boolean): void {
    // Without this, documents to come would not get the binding.
    this.#realms.hold(source).catch(() => {});
    const names = this.#observerNames();
    void this.quietly(source, "Runtime.addBinding", { name: names.binding });
    const script = observerScript(names);
    if (isPage) this.#scripts.set(JSON.stringify(source), this.#addScript(source, script));
    else void this.quietly(source, "Runtime.evaluate", { expression: script });
  }

  /** Puts WebSocket back in a target, in every frame of its. */
  async uninstall(source: DebugSource): Promise<void> {
    const place = JSON.stringify(source);
    const script = this.#scripts.get(place);
    this.#scripts.delete(place);
    const names = this.#observerNames();
    const end = observerEnd(names);
    await Promise.all([
      this.#removeScript(source, script),
      // A script for documents to come runs in every frame that is there, too; it need not stay.
      this.#removeScript(source, this.#addScript(source, end)),
      this.quietly(source, "Runtime.evaluate", { expression: end }),
      this.quietly(source, "Runtime.removeBinding", { name: names.binding }),
    ]);
    this.#realms.release(source);
  }

  #tellAlso(source: DebugSource): void {
    const also = this.#also();
    if (also !== undefined) void this.quietly(source, also.method, also.params);
  }

  #addScript(source: DebugSource, script: string): Promise<unknown> {
    return this.quietly(source, "Page.addScriptToEvaluateOnNewDocument", { source: script, runImmediately: true });
  }

  async #removeScript(source: DebugSource, added: Promise<unknown> | undefined): Promise<void> {
    const { identifier } = ((await added) ?? {}) as { readonly identifier?: unknown };
    if (typeof identifier === "string") await this.quietly(source, "Page.removeScriptToEvaluateOnNewDocument", { identifier });
  }

  /** A command whose failure changes nothing: the target may be gone before it arrives. */
  async quietly(source: DebugSource, method: string, params: object = {}): Promise<unknown> {
    try {
      return await this.#api.send(source, method, params);
    } catch {
      return undefined;
    }
  }
}
