import type { CaptureBatch } from "../model/capture-batch.ts";
import { WallClock } from "../model/clock.ts";
import { CRASHED, explainAttachError, explainDetach, type Stop } from "./attach-errors.ts";
import { readAttachedTarget, readMainFrameUrl, readNavigatedFrame, readMetricsTimestamp, readSessionId } from "./cdp-events.ts";
import type { DebuggerApi, DebugSource } from "./debugger-api.ts";
import { FrameBatcher } from "./frame-batcher.ts";
import { SocketEvents } from "./socket-events.ts";
import { ROOT_SESSION, TargetTree } from "./target-tree.ts";

export type TabCaptureState =
  | { readonly state: "starting" }
  | { readonly state: "capturing" }
  | { readonly state: "paused" }
  | ({ readonly state: "stopped" } & Stop);

/** What a capture needs from outside. */
export interface CaptureEdges {
  readonly debugger: DebuggerApi;
  /** Sends a batch to the engine; its buffers can be transferred. */
  readonly send: (batch: CaptureBatch) => void;
  readonly onState: (state: TabCaptureState) => void;
  /** Calls back soon, never by a timer: those of a hidden page are throttled. */
  readonly soon: (callback: () => void) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether a navigation keeps the log. */
  readonly keepLog: () => boolean;
  /** Sees to it that the debugger is detached when this page dies; answers how to end that duty. */
  readonly holdLease: () => () => void;
}

/** Every new target waits for us, so that none of its sockets is missed; see `#takeChild` for why none waits long. */
const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
/** Bodies of ordinary requests are of no use here, so the page's process need not keep any for us. */
const NETWORK_ENABLE = { maxTotalBufferSize: 1024, maxResourceBufferSize: 1024, maxPostDataSize: 0 };

/**
 * Records the WebSockets of one tab and of everything that runs in it: attaches the debugger, keeps up with targets,
 * and turns CDP events into batches for the engine.
 */
export class TabCapture {
  readonly #tabId: number;
  readonly #edges: CaptureEdges;
  readonly #batcher: FrameBatcher;
  readonly #clock = new WallClock();
  readonly #targets: TargetTree;
  readonly #sockets: SocketEvents;
  #state: TabCaptureState = { state: "starting" };
  #stopListening: (() => void) | undefined;
  #releaseLease: (() => void) | undefined;
  #isAttached = false;
  #wasCancelled = false;

  constructor(tabId: number, edges: CaptureEdges) {
    this.#tabId = tabId;
    this.#edges = edges;
    this.#batcher = new FrameBatcher({ send: edges.send, soon: edges.soon });
    this.#targets = new TargetTree((target) => this.#batcher.addEvent({ type: "target", target }));
    this.#sockets = new SocketEvents(this.#batcher, this.#clock, edges.now);
  }

  get state(): TabCaptureState {
    return this.#state;
  }

  /** The engine has taken a batch in. */
  batchDone(payloadBytes: number): void {
    this.#batcher.batchDone(payloadBytes);
  }

  /** Attaches and records. Does nothing while it already runs; never rejects: failures are states. */
  async start(): Promise<void> {
    if (this.#stopListening !== undefined) return;
    const { debugger: api } = this.#edges;
    this.#setState({ state: "starting" });
    this.#releaseLease = this.#edges.holdLease();
    const stops = [
      api.onEvent((source, method, params) => this.#onEvent(source, method, params)),
      api.onDetach((source, reason) => this.#onDetach(source, reason)),
    ];
    this.#stopListening = () => stops.forEach((stop) => stop());
    try {
      await api.attach(this.#tabId);
      this.#isAttached = true;
      await this.#enableRoot();
      if (this.#stopListening !== undefined) this.#setState({ state: this.#sockets.isPaused ? "paused" : "capturing" });
    } catch (error) {
      await this.#end({ state: "stopped", ...explainAttachError(error) });
    }
  }

  /** Frames that pass from here on are counted, not recorded; openings and endings still are. */
  pause(): void {
    if (this.#state.state !== "capturing") return;
    this.#sockets.pause();
    this.#setState({ state: "paused" });
  }

  /** Goes on after a pause, or starts anew after a stop. */
  async resume(): Promise<void> {
    this.#sockets.resume();
    if (this.#state.state === "paused") this.#setState({ state: "capturing" });
    else await this.start();
  }

  /** The inspected page went elsewhere: a capture that Chrome had ended there can begin again. */
  async pageNavigated(): Promise<void> {
    if (this.#state.state === "stopped" && !this.#wasCancelled) await this.start();
  }

  reloadPage(): void {
    void this.#send({ tabId: this.#tabId }, "Page.reload");
  }

  /** Detaches and sends what is left. */
  async stop(): Promise<void> {
    await this.#end({ state: "stopped", why: "the capture was ended", canResume: true });
  }

  async #enableRoot(): Promise<void> {
    const root: DebugSource = { tabId: this.#tabId };
    const { debugger: api } = this.#edges;
    // Network first and alone in what must succeed: the rest only adds to it.
    const network = api.send(root, "Network.enable", NETWORK_ENABLE);
    void this.#send(root, "Target.setAutoAttach", AUTO_ATTACH);
    void this.#send(root, "Page.enable");
    void this.#send(root, "Inspector.enable");
    void this.#readClock(root);
    const tree = await this.#send(root, "Page.getFrameTree");
    this.#targets.setPage(readMainFrameUrl((tree as { frameTree?: unknown } | undefined)?.frameTree) ?? "");
    await network;
  }

  /** Anchors the clock before the first handshake does, so that frames of older sockets have a time too. */
  async #readClock(root: DebugSource): Promise<void> {
    await this.#send(root, "Performance.enable", { timeDomain: "timeTicks" });
    const before = this.#edges.now();
    const result = await this.#send(root, "Performance.getMetrics");
    const wallTime = (before + this.#edges.now()) / 2 / 1000;
    void this.#send(root, "Performance.disable");
    const timestamp = readMetricsTimestamp(result);
    if (timestamp !== undefined) this.#sockets.anchorClock(timestamp, wallTime);
  }

  #onEvent(source: DebugSource, method: string, params: unknown): void {
    // Every page of the extension hears the events of every tab.
    if (source.tabId !== this.#tabId) return;
    switch (method) {
      case "Target.attachedToTarget":
        this.#takeChild(params);
        return;
      case "Target.detachedFromTarget":
        this.#dropChild(params);
        return;
      case "Page.frameNavigated":
        if (source.sessionId === undefined) this.#navigated(params);
        else this.#frameNavigated(source.sessionId, params);
        return;
      case "Inspector.targetCrashed":
        if (source.sessionId === undefined) this.#setState({ state: "stopped", ...CRASHED });
        return;
      case "Inspector.targetReloadedAfterCrash":
        if (source.sessionId === undefined) this.#setState({ state: this.#sockets.isPaused ? "paused" : "capturing" });
        return;
      default:
        if (method.startsWith("Network.webSocket")) this.#sockets.take(this.#targets.sessionOf(source.sessionId), method, params);
    }
  }

  /**
   * A new frame or worker. It stands still until `Runtime.runIfWaitingForDebugger`, so nothing here waits for an
   * answer: `Network.enable` on a service worker answers only once it runs, and Chrome keeps the order of commands.
   */
  #takeChild(params: unknown): void {
    const target = readAttachedTarget(params);
    if (target === undefined) return;
    const child: DebugSource = { tabId: this.#tabId, sessionId: target.sessionId };
    void this.#send(child, "Network.enable", NETWORK_ENABLE);
    void this.#send(child, "Target.setAutoAttach", AUTO_ATTACH);
    // A frame waits before it has a URL; workers have theirs, and no Page domain.
    if (target.type === "iframe") void this.#send(child, "Page.enable");
    void this.#send(child, "Runtime.runIfWaitingForDebugger");
    this.#targets.add(target);
  }

  #dropChild(params: unknown): void {
    const sessionId = readSessionId(params);
    if (sessionId === undefined) return;
    const session = this.#targets.remove(sessionId);
    if (session !== undefined) this.#sockets.endSession(session, "target gone");
  }

  #navigated(params: unknown): void {
    const url = readMainFrameUrl(params);
    if (url === undefined) return;
    this.#sockets.endSession(ROOT_SESSION, "navigation");
    this.#targets.setPage(url);
    this.#batcher.addEvent({ type: "navigated", time: this.#sockets.moment(), url, keepLog: this.#edges.keepLog() });
  }

  /** A cross-origin frame went to another document, which ends the sockets of the one before. */
  #frameNavigated(sessionId: string, params: unknown): void {
    const frame = readNavigatedFrame(params);
    const session = frame === undefined ? undefined : this.#targets.setUrl(sessionId, frame.id, frame.url);
    if (session !== undefined) this.#sockets.endSession(session, "navigation");
  }

  #onDetach(source: DebugSource, reason: string): void {
    if (source.tabId !== this.#tabId || source.sessionId !== undefined) return;
    this.#isAttached = false;
    this.#wasCancelled = reason === "canceled_by_user";
    void this.#end({ state: "stopped", ...explainDetach(reason) });
  }

  async #end(state: TabCaptureState): Promise<void> {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#batcher.flush();
    this.#setState(state);
    // Only what we attached: the debugger is the whole extension's, and may be another page's by now.
    if (this.#isAttached) await this.#edges.debugger.detach(this.#tabId).catch(() => {});
    this.#isAttached = false;
    this.#releaseLease?.();
    this.#releaseLease = undefined;
  }

  /** A command whose failure changes nothing: the target may be gone before it arrives. */
  #send(source: DebugSource, method: string, params: object = {}): Promise<unknown> {
    return this.#edges.debugger.send(source, method, params).catch(() => undefined);
  }

  #setState(state: TabCaptureState): void {
    this.#state = state;
    this.#edges.onState(state);
  }
}
