import type { SilentSockets } from "../model/connection.ts";
import { say } from "../model/said.ts";
import type { UncertainWorker } from "../model/shared-worker.ts";
import { monotonicSeconds, type MonotonicSeconds } from "../model/units.ts";
import { CRASHED, explainAttachError, explainDetach, TAB_CLOSED, type Stop } from "./attach/attach-errors.ts";
import { attachOrJoin } from "./attach/attach-or-join.ts";
import { readLoader, readMainFrameUrl } from "./sources/cdp-events.ts";
import type { CaptureEdges, TabCaptureState } from "./capture-edges.ts";
import type { DebugSource } from "./debugger-api.ts";
import type { EarlierSockets } from "./earlier/earlier-sockets.ts";
import { readForbiddenPlace, type ForbiddenPlace } from "./attach/forbidden-place.ts";
import type { BatchTaken, FrameBatcher } from "./frame-batcher.ts";
import type { LiveActions } from "./actions/live-actions.ts";
import type { MessageRules } from "./actions/message-rules.ts";
import type { NetworkRules } from "./actions/network-rules.ts";
import { liftPolicy } from "./attach/lift-policy.ts";
import type { Realms } from "./attach/realms.ts";
import type { SessionCommands } from "./attach/session-commands.ts";
import type { SocketEvents } from "./sources/socket-events.ts";
import { TabParts } from "./tab-parts.ts";
import type { TabTargets } from "./attach/tab-targets.ts";
import type { UnheardGap } from "./earlier/unheard-gap.ts";

/** How often it is told how much has passed in a pause. */
const TELL_PASSED_MS = 1000;

/**
 * Records the WebSockets of one tab and of everything that runs in it, as batches for the engine: the life of the
 * attachment, its ends and what each means, and the times between.
 */
export class TabCapture {
  /** What the user does with the connections. */
  readonly live: LiveActions;
  /** What Chrome does to connections for the user. */
  readonly rules: NetworkRules;
  /** What is done to messages for the user. */
  readonly messageRules: MessageRules;
  readonly #tab: { readonly tabId: number };
  readonly #edges: CaptureEdges;
  readonly #batcher: FrameBatcher;
  readonly #targets: TabTargets;
  readonly #sockets: SocketEvents;
  readonly #earlier: EarlierSockets;
  readonly #commands: SessionCommands;
  readonly #realms: Realms;
  /** When the page that is shown began, or was shown, on CDP's clock. */
  #pageBegan: MonotonicSeconds | undefined;
  #silent: SilentSockets = "none";
  #state: TabCaptureState = { state: "starting" };
  #stopListening: (() => void) | undefined;
  #isAttached = false;
  #isObserving = false;
  #isPaused = false;
  #pauses = 0;
  #wasCancelled = false;
  #hasNavigated = false;
  /** Chrome tells of what the page does. */
  #isHearing = false;
  /** Since when nobody listens, in milliseconds since 1970; undefined while somebody does, or never did. */
  #unheardSince: number | undefined;

  constructor(tabId: number, edges: CaptureEdges) {
    this.#tab = { tabId };
    this.#edges = edges;
    const parts = new TabParts(this.#tab, edges, {
      isObserving: () => this.#isObserving,
      isRunning: () => this.#stopListening !== undefined,
      isAttached: () => this.#isAttached,
      foundSilent: (mayBeThere) => this.#setSilent(mayBeThere ? "perhaps" : "none"),
      crashed: () => this.#setState({ state: "stopped", ...CRASHED }),
      reloaded: () => this.#setRunning(),
    });
    this.#batcher = parts.batcher;
    this.#sockets = parts.sockets;
    this.#earlier = parts.earlier;
    this.#commands = parts.commands;
    this.#realms = parts.realms;
    this.#targets = parts.targets;
    this.live = parts.live;
    this.rules = parts.rules;
    this.messageRules = parts.messageRules;
  }

  get state(): TabCaptureState {
    return this.#state;
  }

  /** Whether there may be sockets from before that have not spoken since, and are not listed. */
  get silent(): SilentSockets {
    return this.#silent;
  }

  /** Whether the page opens tabs that are not captured, since the user has not asked for that. */
  get opensTabs(): boolean {
    return this.#targets.opensTabs;
  }

  /** The engine has taken a batch in. */
  batchDone(taken: BatchTaken): void {
    this.#batcher.batchDone(taken);
  }

  /** The engine ended, and another takes over; it must be there to be sent to. */
  engineReplaced(): void {
    this.#batcher.tellAgain();
  }

  /** Attaches and records. Does nothing while it already runs; never rejects: failures are states. */
  async start(): Promise<void> {
    if (this.#stopListening !== undefined) return;
    const { debugger: api } = this.#edges;
    this.#setState({ state: "starting" });
    this.#hasNavigated = false;
    this.#wasCancelled = false;
    this.#isObserving = this.#edges.settings().observeClosings;
    this.#edges.lease.hold(this.#tab);
    const stops = [
      api.onEvent((source, method, params) => this.#targets.take(source, method, params)),
      api.onDetach((source, reason) => this.#onDetach(source, reason)),
      api.onTabOpened((tabId) => this.#targets.tabOpened(tabId)),
    ];
    const stopListening = (): void => stops.forEach((stop) => stop());
    this.#stopListening = stopListening;
    try {
      const known = await attachOrJoin(this.#tab, this.#edges);
      if (this.#stopListening !== stopListening) {
        if (this.#stopListening === undefined) await this.#edges.lease.detach(this.#tab);
        return;
      }
      if (this.#edges.liftsPolicy === true) await liftPolicy(this.#tab, this.#edges);
      if (this.#stopListening !== stopListening) return;
      this.#isAttached = true;
      this.#targets.begin(known);
      await this.#enableTab();
      if (this.#isPaused) this.#batcher.hold();
      if (this.#stopListening === stopListening) this.#setRunning();
    } catch (error) {
      // It was ended meanwhile, for a reason that is told already; perhaps another has begun.
      if (this.#stopListening !== stopListening) return;
      const ended = this.#end({ state: "stopped", ...explainAttachError(error) });
      void this.#explain((place) => explainAttachError(error, place));
      await ended;
      if (this.#hasNavigated) await this.start();
    }
  }

  /** Frames that pass from here on are counted, not recorded; openings and endings are told once it goes on, or ends. */
  pause(): void {
    if (this.#state.state !== "capturing") return;
    this.#isPaused = true;
    // What is held back came before.
    this.#earlier.inOrder(() => {
      this.#sockets.pause();
      this.#batcher.hold();
    });
    this.#setRunning();
    this.#tellPassed(++this.#pauses);
  }

  /** While that pause lasts: how much has passed, seldom. */
  #tellPassed(pause: number): void {
    this.#edges.later(() => {
      if (pause !== this.#pauses || !this.#isPaused) return;
      if (this.#state.state === "paused" && this.#state.passed !== this.#sockets.skipped) this.#setRunning();
      this.#tellPassed(pause);
    }, TELL_PASSED_MS);
  }

  /** Goes on after a pause, or starts anew after a stop. */
  async resume(): Promise<void> {
    this.#isPaused = false;
    this.#earlier.inOrder(() => {
      this.#sockets.resume();
      this.#batcher.release();
    });
    if (this.#state.state === "paused") this.#setState({ state: "capturing" });
    else await this.start();
  }

  /** The inspected page went elsewhere: its sockets are over, and a capture that Chrome had ended there can begin again. */
  async pageNavigated(): Promise<void> {
    if (this.#stopListening === undefined) {
      this.#earlier.complete(this.#targets.page);
      this.#targets.endAll("navigation");
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
    for (const source of this.#targets.tree.sources) {
      if (observeClosings) this.#commands.install(source, this.#targets.tree.isPage(source));
      else void this.#commands.uninstall(source);
    }
  }

  /** Shared workers that run, of which it is not known whether the tab uses them. */
  get uncertainWorkers(): readonly UncertainWorker[] {
    return this.#targets.workers.uncertain;
  }

  /** The user says that such a worker is the tab's. */
  captureWorker(targetId: string): void {
    void this.#targets.workers.capture(targetId);
  }

  /** The user does not want to be asked about it again. */
  dismissWorker(targetId: string): void {
    this.#targets.workers.dismiss(targetId);
  }

  /** The debugger was taken away, of which Chrome tells nobody: begins again. */
  async attachAgain(): Promise<void> {
    if (this.#stopListening === undefined) return;
    await this.#end({ state: "stopped", why: say("capture.ended-by-chrome"), canResume: true });
    await this.start();
  }

  /** Looks for sockets from before that are silent; the page may stand still for some seconds. */
  async findSilent(): Promise<void> {
    if (!this.#isHearing || this.#silent === "being looked for") return;
    this.#setSilent("being looked for");
    await this.#earlier.findSilent({ sources: () => this.#targets.earlier, hasEnded: this.#hasEnded() });
  }

  /** Sends what has gathered: the page that captures is going. */
  flush(): void {
    this.#earlier.passHeld();
    this.#batcher.release();
    this.#batcher.flush();
  }

  reloadPage(): void {
    void this.#commands.quietly(this.#tab, "Page.reload");
  }

  /** The tab is no more. */
  async tabClosed(): Promise<void> {
    await this.#end({ state: "stopped", ...TAB_CLOSED });
    this.#targets.endAll("target gone");
    this.#setState({ state: "stopped", ...TAB_CLOSED });
  }

  /** Detaches and sends what is left. */
  async stop(): Promise<void> {
    await this.#end({ state: "stopped", why: say("capture.stopped"), canResume: true });
  }

  async #enableTab(): Promise<void> {
    // Network first and alone in what must succeed: the rest only adds to it.
    const network = this.#commands.enableNetwork(this.#tab);
    const attached = this.#commands.startPage(this.#tab);
    const clock = this.#readClock();
    const before = this.#targets.loader;
    const hasEnded = this.#hasEnded();
    const page = this.#commands.quietly(this.#tab, "Page.getFrameTree").then((tree) => {
      if (hasEnded()) return;
      const { frameTree } = (tree ?? {}) as { readonly frameTree?: unknown };
      this.#targets.loader = readLoader(frameTree);
      this.#targets.tree.setPage(this.#tab, readMainFrameUrl(frameTree) ?? "");
    });
    this.#earlier.begin({
      page: () => this.#targets.page,
      sources: () => this.#targets.earlier,
      attached: Promise.all([network, attached, clock, page]).then(() => this.#targets.workers.begin()),
      began: () => this.#pageBegan,
      since: this.#takeGap(network, () => before !== undefined && this.#targets.loader !== undefined && before !== this.#targets.loader),
      hasEnded,
    });
    await network;
    // At once: were it ended before the page has answered, that would be a time in which nobody listens.
    if (!hasEnded()) this.#isHearing = true;
    await page;
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
    if (hasEnded() || loader === undefined || loader === this.#targets.loader) return;
    this.#targets.loader = loader;
    const shown = this.#commands.readShown(this.#tab).then((wallTime) => {
      const { clockOffset } = this.#sockets;
      this.#pageBegan = wallTime === undefined || clockOffset === undefined ? undefined : monotonicSeconds(wallTime - clockOffset);
    });
    const { key } = this.#targets.page;
    this.#targets.showPage(this.#tab, readMainFrameUrl(frameTree) ?? "", () => this.#sockets.openUrls(key).length > 0);
    // Some of its sockets may have been there before it was shown, others were heard of since.
    this.#earlier.begin({ page: () => this.#targets.page, sources: () => this.#targets.earlier, attached: shown, began: () => this.#pageBegan, since: "navigation", hasEnded });
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

  /** Anchors the clock before the first handshake does, so that frames of older sockets have a time too. */
  async #readClock(): Promise<void> {
    const read = await this.#commands.readClock(this.#tab, this.#edges.now);
    if (read === undefined) return;
    this.#pageBegan = read.began === undefined ? undefined : monotonicSeconds(read.began);
    this.#sockets.anchorClock(read.timestamp, read.wallTime);
  }

  #onDetach(source: DebugSource, reason: string): void {
    if (source.sessionId !== undefined) return;
    if (this.#targets.isTab(source)) {
      this.#edges.sessions.write(this.#tab, []);
      this.#isAttached = false;
      this.#wasCancelled = reason === "canceled_by_user";
      void this.#end({ state: "stopped", ...explainDetach(reason) });
      void this.#explain((place) => explainDetach(reason, place));
      return;
    }
    this.#targets.detached(source);
  }

  /** Says why it has stopped as soon as more is known of the page than Chrome's own sentence tells. */
  async #explain(explained: (place: ForbiddenPlace) => Stop): Promise<void> {
    const { debugger: api } = this.#edges;
    const { tabId } = this.#tab;
    const stopped = this.#state;
    const { extension } = this.#targets;
    const targets = await api.targets().catch(() => undefined);
    if (targets !== undefined && this.#state === stopped) this.#setState({ state: "stopped", ...explained(readForbiddenPlace(targets, tabId, api.ownId, extension)) });
  }

  async #end(state: TabCaptureState): Promise<void> {
    if (this.#stopListening === undefined) return;
    this.#stopListening();
    this.#stopListening = undefined;
    if (this.#isHearing) this.#unheardSince ??= this.#edges.now();
    this.#isHearing = false;
    this.#earlier.letGo();
    this.live.clear();
    this.rules.clear();
    this.messageRules.clear();
    this.#realms.clear();
    this.#batcher.release();
    this.#batcher.flush();
    this.#setSilent("none");
    this.#setState(state);
    const others = this.#targets.clear();
    // In this turn: what begins meanwhile holds a lease anew, behind what is given up here.
    const { lease } = this.#edges;
    const wasAttached = this.#isAttached;
    this.#isAttached = false;
    if (!wasAttached) lease.release(this.#tab);
    await Promise.all([wasAttached && lease.detach(this.#tab), ...others.map((root) => this.#targets.attachments.detach(root))]);
  }

  #setRunning(): void {
    this.#setState(this.#isPaused ? { state: "paused", passed: this.#sockets.skipped } : { state: "capturing" });
  }

  #setSilent(silent: SilentSockets): void {
    if (silent === this.#silent) return;
    this.#silent = silent;
    this.#edges.onSilent(silent);
  }

  #setState(state: TabCaptureState): void {
    this.#state = state;
    this.#edges.onState(state);
  }
}
