import type { SynthesisedEnd } from "../model/capture-batch.ts";
import { WallClock } from "../model/clock.ts";
import type { MonotonicSeconds } from "../model/units.ts";
import { CRASHED, explainAttachError, explainDetach, TAB_CLOSED } from "./attach-errors.ts";
import { attachOrJoin } from "./attach-or-join.ts";
import { Attachments } from "./attachments.ts";
import { readAttachedTarget, readLoader, readMainFrameUrl, readNavigatedFrame, readSessionId, type AttachedTarget } from "./cdp-events.ts";
import { readReport } from "./closing-observer.ts";
import type { CaptureEdges, TabCaptureState } from "./capture-edges.ts";
import type { Debuggee, DebugSource } from "./debugger-api.ts";
import { EarlierRows } from "./earlier-rows.ts";
import { EarlierSockets } from "./earlier-sockets.ts";
import { FrameBatcher } from "./frame-batcher.ts";
import { findLiveSockets } from "./live-sockets.ts";
import { Popups } from "./popups.ts";
import { SessionCommands } from "./session-commands.ts";
import { SharedWorkers } from "./shared-workers.ts";
import { SocketEvents } from "./socket-events.ts";
import { SocketRegistry } from "./socket-registry.ts";
import { TargetTree, type Session } from "./target-tree.ts";
import { ToldFrames } from "./told-frames.ts";
import type { UnheardGap } from "./unheard-gap.ts";

/**
 * Records the WebSockets of one tab and of everything that runs in it: attaches the debugger, keeps up with targets,
 * and turns CDP events into batches for the engine.
 */
export class TabCapture {
  readonly #tab: { readonly tabId: number };
  readonly #edges: CaptureEdges;
  readonly #batcher: FrameBatcher;
  readonly #targets: TargetTree;
  readonly #sockets: SocketEvents;
  readonly #earlier: EarlierSockets;
  readonly #commands: SessionCommands;
  readonly #attachments: Attachments;
  readonly #workers: SharedWorkers;
  #popups = new Popups();
  #state: TabCaptureState = { state: "starting" };
  #stopListening: (() => void) | undefined;
  #isAttached = false;
  #isObserving = false;
  #wasCancelled = false;
  #hasNavigated = false;
  /** Chrome tells of what the page does. */
  #isHearing = false;
  /** The document that the tab showed last, as far as we were told. */
  #loader: string | undefined;
  /** Since when nobody listens, in milliseconds since 1970; undefined while somebody does, or never did. */
  #unheardSince: number | undefined;

  constructor(tabId: number, edges: CaptureEdges) {
    const { debugger: api } = edges;
    this.#tab = { tabId };
    this.#edges = edges;
    this.#batcher = new FrameBatcher({ send: edges.send, soon: edges.soon });
    this.#targets = new TargetTree((target) => this.#batcher.addEvent({ type: "target", target }));
    const registry = new SocketRegistry();
    const told = new ToldFrames(registry);
    this.#sockets = new SocketEvents({ batcher: this.#batcher, registry, told, clock: new WallClock(), now: edges.now });
    this.#earlier = new EarlierSockets(this.#sockets, new EarlierRows(this.#batcher, registry), registry, told, {
      readLog: edges.readDevToolsLog,
      findLive: (source, signal) => findLiveSockets(api, source, this.#isObserving, signal),
      later: edges.later,
    });
    this.#sockets.askAboutUnknown(this.#earlier);
    this.#commands = new SessionCommands(api, () => this.#isObserving);
    this.#attachments = new Attachments(edges, () => this.#stopListening !== undefined);
    this.#workers = new SharedWorkers({
      api,
      tree: this.#targets,
      attachments: this.#attachments,
      begin: (targetId, known) => this.#beginSharedWorker(targetId, known),
    });
  }

  get state(): TabCaptureState {
    return this.#state;
  }

  /** The engine has taken a batch in. */
  batchDone(payloadBytes: number, spare?: ArrayBuffer): void {
    this.#batcher.batchDone(payloadBytes, spare);
  }

  /** Attaches and records. Does nothing while it already runs; never rejects: failures are states. */
  async start(): Promise<void> {
    if (this.#stopListening !== undefined) return;
    const { debugger: api } = this.#edges;
    this.#setState({ state: "starting" });
    this.#hasNavigated = false;
    this.#wasCancelled = false;
    this.#isObserving = this.#edges.settings().observeClosings;
    this.#popups = new Popups();
    this.#edges.lease.hold(this.#tab);
    const stops = [
      api.onEvent((source, method, params) => this.#onEvent(source, method, params)),
      api.onDetach((source, reason) => this.#onDetach(source, reason)),
      api.onTabOpened(({ id }) => this.#tabOpened(id)),
    ];
    const stopListening = (): void => stops.forEach((stop) => stop());
    this.#stopListening = stopListening;
    try {
      const known = await attachOrJoin(this.#tab, this.#edges);
      if (this.#stopListening !== stopListening) {
        if (this.#stopListening === undefined) await this.#edges.lease.detach(this.#tab);
        return;
      }
      this.#isAttached = true;
      this.#targets.addRoot(this.#tab, "page");
      this.#adopt(this.#tab, known);
      await this.#enableTab();
      if (this.#stopListening === stopListening) this.#setState({ state: this.#sockets.isPaused ? "paused" : "capturing" });
    } catch (error) {
      // It was ended meanwhile, for a reason that is told already; perhaps another has begun.
      if (this.#stopListening !== stopListening) return;
      await this.#end({ state: "stopped", ...explainAttachError(error) });
      if (this.#hasNavigated) await this.start();
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

  /** The inspected page went elsewhere: its sockets are over, and a capture that Chrome had ended there can begin again. */
  async pageNavigated(): Promise<void> {
    if (this.#stopListening === undefined) {
      this.#earlier.complete(this.#targets.sessionOf(this.#tab));
      this.#endAll("navigation");
    }
    await this.pageLoaded();
  }

  /**
   * The inspected page has loaded: a capture that Chrome had ended can begin again, and one that runs looks whether it
   * was told. Of a page that was prepared ahead, and is shown now, Chrome tells nothing.
   */
  async pageLoaded(): Promise<void> {
    if (this.#isHearing) return this.#lookForPage();
    if (this.#wasCancelled) return;
    if (this.#state.state === "stopped") await this.start();
    // The attach under way may be for the page before, and be refused for its sake.
    else if (!this.#isAttached) this.#hasNavigated = true;
  }

  /** The user changed settings: closings are observed, or no longer, from now on. */
  settingsChanged(): void {
    const { observeClosings } = this.#edges.settings();
    if (this.#stopListening === undefined || observeClosings === this.#isObserving) return;
    this.#isObserving = observeClosings;
    for (const source of this.#targets.sources) {
      if (observeClosings) this.#commands.install(source, this.#targets.isPage(source));
      else void this.#commands.uninstall(source);
    }
  }

  /** The debugger was taken away, of which Chrome tells nobody: begins again. */
  async attachAgain(): Promise<void> {
    if (this.#stopListening === undefined) return;
    await this.#end({ state: "stopped", why: "Chrome ended debugging. Press Resume to go on.", canResume: true });
    await this.start();
  }

  /** Sends what has gathered: the page that captures is going. */
  flush(): void {
    this.#batcher.flush();
  }

  reloadPage(): void {
    void this.#commands.quietly(this.#tab, "Page.reload");
  }

  /** The tab is no more. */
  async tabClosed(): Promise<void> {
    await this.#end({ state: "stopped", ...TAB_CLOSED });
    this.#endAll("target gone");
    this.#setState({ state: "stopped", ...TAB_CLOSED });
  }

  /** Detaches and sends what is left. */
  async stop(): Promise<void> {
    await this.#end({ state: "stopped", why: "the capture was ended", canResume: true });
  }

  async #enableTab(): Promise<void> {
    // Network first and alone in what must succeed: the rest only adds to it.
    const network = this.#commands.enableNetwork(this.#tab);
    const attached = this.#commands.startPage(this.#tab);
    const clock = this.#readClock();
    const before = this.#loader;
    const hasEnded = this.#hasEnded();
    const page = this.#commands.quietly(this.#tab, "Page.getFrameTree").then((tree) => {
      if (hasEnded()) return;
      const { frameTree } = (tree ?? {}) as { readonly frameTree?: unknown };
      this.#loader = readLoader(frameTree);
      this.#targets.setPage(this.#tab, readMainFrameUrl(frameTree) ?? "");
    });
    this.#earlier.begin({
      page: () => this.#targets.sessionOf(this.#tab),
      sources: () => this.#earlierTargets(),
      attached: Promise.all([network, attached, clock]).then(() => this.#workers.lookAround()),
      since: this.#takeGap(network, () => before !== undefined && this.#loader !== undefined && before !== this.#loader),
      hasEnded,
    });
    await network;
    // At once: were it ended before the page has answered, that would be a time in which nobody listens.
    if (!hasEnded()) this.#isHearing = true;
    await page;
  }

  /** What ran before we attached. */
  #earlierTargets(): { readonly source: DebugSource; readonly session: Session }[] {
    const sources = this.#targets.sources.filter((source) => this.#targets.isEarlier(source));
    return sources.map((source) => ({ source, session: this.#targets.sessionOf(source) }));
  }

  /** Whether the attachment of this moment has ended, also where another has begun since. */
  #hasEnded(): () => boolean {
    const own = this.#stopListening;
    return () => own === undefined || this.#stopListening !== own;
  }

  async #lookForPage(): Promise<void> {
    const hasEnded = this.#hasEnded();
    const { frameTree } = ((await this.#commands.quietly(this.#tab, "Page.getFrameTree")) ?? {}) as { readonly frameTree?: unknown };
    const loader = readLoader(frameTree);
    if (hasEnded() || loader === undefined || loader === this.#loader) return;
    this.#loader = loader;
    this.#showPage(this.#tab, readMainFrameUrl(frameTree) ?? "");
    // Some of its sockets may have been there before it was shown, others were heard of since.
    this.#earlier.begin({ page: () => this.#targets.sessionOf(this.#tab), sources: () => this.#earlierTargets(), attached: Promise.resolve(), since: "navigation", hasEnded });
  }

  /** The time in which nobody listened, where the capture had ended and goes on. */
  #takeGap(network: Promise<unknown>, hasNavigated: () => boolean): UnheardGap | undefined {
    const since = this.#unheardSince;
    if (since === undefined) return undefined;
    this.#unheardSince = undefined;
    let until: MonotonicSeconds | undefined;
    let goesOn = false;
    void network.then(
      () => (until = this.#sockets.moment()),
      () => {
        // Chrome refused again: it is the same gap still.
        this.#unheardSince = since;
        goesOn = true;
      },
    );
    return { seconds: (this.#edges.now() - since) / 1000, until: () => until ?? this.#sockets.moment(), goesOn: () => goesOn, hasNavigated };
  }

  /** The page is gone, and nobody listens to what may be left beside it. */
  #endAll(why: "navigation" | "target gone"): void {
    const { key: page } = this.#targets.sessionOf(this.#tab);
    for (const key of new Set([page, ...this.#earlier.sessionKeys])) this.#endSession(key, key === page ? why : "unheard");
    this.#loader = undefined;
  }

  /** Anchors the clock before the first handshake does, so that frames of older sockets have a time too. */
  async #readClock(): Promise<void> {
    const read = await this.#commands.readClock(this.#tab, this.#edges.now);
    if (read !== undefined) this.#sockets.anchorClock(read.timestamp, read.wallTime);
  }

  #beginSharedWorker(targetId: string, known: readonly AttachedTarget[]): void {
    const source = { targetId };
    this.#adopt(source, known);
    void this.#commands.startSharedWorker(source);
  }

  async #beginPopup(tabId: number): Promise<void> {
    const popup = { tabId };
    // As a shared worker's: before another page of ours may have attached it.
    this.#targets.addRoot(popup, "popup");
    const known = await this.#attachments.attach(popup);
    if (known === undefined) {
      this.#targets.removeRoot(popup);
      return;
    }
    this.#adopt(popup, known);
    void this.#commands.enableNetwork(popup).catch(() => {});
    void this.#commands.startPage(popup);
  }

  /** What runs in a debuggee that another page of ours had attached before. */
  #adopt(debuggee: Debuggee, known: readonly AttachedTarget[]): void {
    for (const target of known) {
      if (!this.#targets.hasTarget(target.targetId)) this.#addChild(debuggee, target);
    }
  }

  #tabOpened(tabId: number): void {
    if (this.#popups.opened() && this.#edges.settings().capturePopups) void this.#beginPopup(tabId);
  }

  #onEvent(source: DebugSource, method: string, params: unknown): void {
    // Every page of the extension hears the events of every tab.
    if (source.tabId !== this.#tab.tabId && !this.#targets.has(source)) return;
    // Another page of ours hears them already; of targets Chrome tells only once.
    if (!this.#isAttached && !method.startsWith("Target.")) return;
    if (method.startsWith("Network.webSocket")) {
      this.#earlier.take(this.#targets.sessionOf(source), method, params);
      return;
    }
    switch (method) {
      case "Network.requestWillBeSent":
        this.#workers.requested(params);
        return;
      case "Target.attachedToTarget":
        this.#takeChild(source, params);
        return;
      case "Target.detachedFromTarget":
        this.#dropChild(source, params);
        return;
      case "Page.frameNavigated":
        this.#navigated(source, params);
        return;
      case "Page.windowOpen":
        this.#popups.announced();
        return;
      case "Runtime.bindingCalled":
        this.#takeReport(source, params);
        return;
      case "Inspector.targetCrashed":
        this.#crashed(source);
        return;
      case "Inspector.targetReloadedAfterCrash":
        if (this.#isTab(source)) this.#setState({ state: this.#sockets.isPaused ? "paused" : "capturing" });
    }
  }

  #isTab({ tabId, sessionId }: DebugSource): boolean {
    return tabId === this.#tab.tabId && sessionId === undefined;
  }

  #takeChild(source: DebugSource, params: unknown): void {
    const target = readAttachedTarget(params);
    if (target !== undefined) this.#addChild(source, target);
  }

  #addChild(source: DebugSource, target: AttachedTarget): void {
    const { tabId, targetId } = source;
    this.#commands.startChild({ ...(tabId === undefined ? { targetId } : { tabId }), sessionId: target.sessionId }, target.type);
    this.#workers.autoAttached(target.targetId);
    this.#targets.add(source, target);
    this.#shareChildren(source);
  }

  /** For pages of ours that join later. */
  #shareChildren({ tabId, targetId }: DebugSource): void {
    const debuggee = tabId === undefined ? { targetId: targetId ?? "" } : { tabId };
    if (this.#isAttached) this.#edges.sessions.write(debuggee, this.#targets.childrenOf(debuggee));
  }

  #dropChild(source: DebugSource, params: unknown): void {
    const sessionId = readSessionId(params);
    if (sessionId === undefined) return;
    const session = this.#targets.remove(sessionId);
    if (session === undefined) return;
    this.#endSession(session, "target gone");
    this.#shareChildren(source);
  }

  /** A page or a cross-origin frame went to another document, which ends the sockets of the one before. */
  #navigated(source: DebugSource, params: unknown): void {
    if (source.sessionId !== undefined) {
      const frame = readNavigatedFrame(params);
      const session = frame === undefined ? undefined : this.#targets.setUrl(source.sessionId, frame.id, frame.url);
      if (session !== undefined) this.#endSession(session, "navigation");
      return;
    }
    const url = readMainFrameUrl(params);
    if (url === undefined) return;
    if (this.#isTab(source)) this.#loader = readLoader(params);
    this.#endSession(this.#targets.sessionOf(source).key, "navigation");
    this.#showPage(source, url);
  }

  #showPage(source: DebugSource, url: string): void {
    this.#targets.setPage(source, url);
    const { keepLog } = this.#edges.settings();
    if (this.#isTab(source)) this.#earlier.inOrder(() => this.#batcher.addEvent({ type: "navigated", time: this.#sockets.moment(), url, keepLog }));
  }

  #endSession(key: string, why: SynthesisedEnd): void {
    const isTab = key === this.#targets.sessionOf(this.#tab).key;
    this.#earlier.inOrder(() => {
      this.#sockets.endSession(key, why);
      this.#earlier.endSession(key, isTab, why);
    });
  }

  #takeReport(source: DebugSource, params: unknown): void {
    const called = readReport(params);
    const session = this.#targets.sessionOf(source);
    if (called !== undefined) this.#earlier.inOrder(() => this.#sockets.takeReport(session, called.context, called.report));
  }

  #crashed(source: DebugSource): void {
    if (this.#isTab(source)) {
      this.#endSession(this.#targets.sessionOf(this.#tab).key, "target gone");
      this.#setState({ state: "stopped", ...CRASHED });
    }
    // So Chrome tells that a shared worker has ended: it does not detach us.
    else if (source.targetId !== undefined && source.sessionId === undefined) {
      this.#dropRoot(source);
      void this.#attachments.detach({ targetId: source.targetId });
    }
  }

  #dropRoot(source: DebugSource): void {
    if (source.targetId !== undefined) this.#workers.ended(source.targetId);
    for (const key of this.#targets.removeRoot(source)) this.#endSession(key, "target gone");
  }

  #onDetach(source: DebugSource, reason: string): void {
    if (source.sessionId !== undefined) return;
    if (this.#isTab(source)) {
      this.#isAttached = false;
      this.#wasCancelled = reason === "canceled_by_user";
      void this.#end({ state: "stopped", ...explainDetach(reason) });
      return;
    }
    if (!this.#targets.has(source)) return;
    const { tabId, targetId } = source;
    this.#dropRoot(source);
    this.#edges.lease.release(tabId === undefined ? { targetId: targetId ?? "" } : { tabId });
  }

  async #end(state: TabCaptureState): Promise<void> {
    if (this.#stopListening === undefined) return;
    this.#stopListening();
    this.#stopListening = undefined;
    if (this.#isHearing) this.#unheardSince ??= this.#edges.now();
    this.#isHearing = false;
    this.#batcher.flush();
    this.#setState(state);
    const { roots, sources } = this.#targets;
    if (this.#isObserving) for (const source of sources) void this.#commands.uninstall(source);
    this.#workers.clear();
    for (const root of roots) this.#targets.removeRoot(root);
    // In this turn: what begins meanwhile holds a lease anew, behind what is given up here.
    const { lease } = this.#edges;
    const wasAttached = this.#isAttached;
    this.#isAttached = false;
    if (!wasAttached) lease.release(this.#tab);
    const others = roots.filter((root) => !this.#isTabItself(root));
    await Promise.all([wasAttached && lease.detach(this.#tab), ...others.map((root) => this.#attachments.detach(root))]);
  }

  #isTabItself(root: Debuggee): boolean {
    return "tabId" in root && root.tabId === this.#tab.tabId;
  }

  #setState(state: TabCaptureState): void {
    this.#state = state;
    this.#edges.onState(state);
  }
}
