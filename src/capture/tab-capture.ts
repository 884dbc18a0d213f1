import { WallClock } from "../model/clock.ts";
import type { SilentSockets } from "../model/connection.ts";
import { say } from "../model/said.ts";
import type { UncertainWorker } from "../model/shared-worker.ts";
import { monotonicSeconds, type MonotonicSeconds } from "../model/units.ts";
import { CRASHED, explainAttachError, explainDetach, TAB_CLOSED, type Stop } from "./attach/attach-errors.ts";
import { attachOrJoin } from "./attach/attach-or-join.ts";
import { readLoader, readMainFrameUrl } from "./sources/cdp-events.ts";
import type { CaptureEdges, TabCaptureState } from "./capture-edges.ts";
import type { DebugSource } from "./debugger-api.ts";
import { EarlierStreams } from "./earlier/earlier-streams.ts";
import { EarlierRows } from "./earlier/earlier-rows.ts";
import { EarlierSockets } from "./earlier/earlier-sockets.ts";
import { readForbiddenPlace, type ForbiddenPlace } from "./attach/forbidden-place.ts";
import { FrameBatcher, type BatchTaken } from "./frame-batcher.ts";
import { findLiveSockets } from "./earlier/live-sockets.ts";
import { LiveActions } from "./actions/live-actions.ts";
import { MessageRules } from "./actions/message-rules.ts";
import { NetworkRules } from "./actions/network-rules.ts";
import { prepareEnd } from "./actions/end-connections.ts";
import { Realms } from "./attach/realms.ts";
import { SessionCommands } from "./attach/session-commands.ts";
import { EventStreams } from "./sources/event-streams.ts";
import { SocketEvents } from "./sources/socket-events.ts";
import { SocketRegistry } from "./sources/socket-registry.ts";
import { TabTargets } from "./attach/tab-targets.ts";
import { ToldFrames } from "./earlier/told-frames.ts";
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
    const { debugger: api } = edges;
    this.#tab = { tabId };
    this.#edges = edges;
    this.#batcher = new FrameBatcher({ send: edges.send, soon: edges.soon });
    const registry = new SocketRegistry();
    const realms = new Realms(api);
    this.#realms = realms;
    const told = new ToldFrames(registry);
    let devToolsLog: unknown;
    this.#sockets = new SocketEvents({ batcher: this.#batcher, registry, told, clock: new WallClock(), now: edges.now });
    const streams = new EarlierStreams({ batcher: this.#batcher, sockets: this.#sockets, registry });
    this.#earlier = new EarlierSockets(this.#sockets, new EarlierRows(this.#batcher, registry, () => this.#sockets.skip(), (session, connection) => this.#sockets.ruled.opened(session.key, connection)), registry, told, {
      readLog: edges.readDevToolsLog && (async () => (devToolsLog = await edges.readDevToolsLog?.())),
      addStreams: (page, began) => streams.add(devToolsLog, page, began),
      findLive: (source, how) => findLiveSockets({ api, realms }, source, how),
      later: edges.later,
      onSilent: (mayBeThere) => this.#setSilent(mayBeThere ? "perhaps" : "none"),
      speaking: {
        api,
        realms,
        name: `framescope_${edges.drawName()}`,
        sourceOf: (session) => this.#targets.sourceOf(session),
        isInDevTools: ({ tabId: tab }) => edges.readDevToolsLog !== undefined && tab === tabId,
      },
    });
    this.#sockets.askAboutUnknown(this.#earlier);
    this.live = new LiveActions({ api, realms, registry, speaking: this.#earlier.speaking, own: this.#sockets.own, made: (connection, message) => this.#sockets.addMade(connection, message), ownConnections: this.#sockets.ownConnections, pageKey: () => this.#targets.page.key, targets: () => this.#targets.openable, workerOf: (url) => this.#targets.tree.workerOf(url), isPage: (source) => this.#targets.tree.isPage(source), placeOf: (key) => this.#targets.placeOf(key), later: edges.later, drawName: edges.drawName });
    this.rules = new NetworkRules({
      api,
      sources: () => this.#targets.tree.sources,
      open: () => registry.open,
      prepareEnd: (ids) => prepareEnd(this.live, ids, edges.later),
      later: edges.later,
      random: Math.random,
      changed: () => edges.onRules(this.rules.inForce),
    });
    registry.onOpenChanged = () => this.rules.openChanged();
    this.messageRules = new MessageRules({
      api,
      realms,
      registry,
      speaking: this.#earlier.speaking,
      placeOf: (key) => this.#targets.placeOf(key),
      isOwn: (connection) => this.#sockets.ownConnections.has(connection),
      sessionKeyOf: (source) => this.#targets.tree.sessionOf(source).key,
      ruled: this.#sockets.ruled,
      sources: () => this.#targets.tree.sources.filter((source) => !this.live.isOwnWorker(this.#targets.tree.kindOf(source)?.url ?? "")),
      isPage: (source) => this.#targets.tree.isPage(source),
      inOrder: (action) => this.#earlier.inOrder(action),
      later: edges.later,
      changed: () => edges.onMessageRules(this.messageRules.inForce),
    });
    this.#commands = new SessionCommands(api, realms, edges.observerNames, () => this.#isObserving, () => this.rules.command, (source, isPage, hasRun) => this.messageRules.prepare(source, isPage, hasRun));
    this.#targets = new TabTargets({
      tab: this.#tab,
      edges,
      batcher: this.#batcher,
      sockets: this.#sockets,
      streams: new EventStreams({ batcher: this.#batcher, sockets: this.#sockets, registry, earlier: streams, askLog: (then) => this.#earlier.askLog(() => {
          streams.refresh(devToolsLog);
          then();
        }), inOrder: (action) => this.#earlier.inOrder(action) }),
      earlier: this.#earlier,
      commands: this.#commands,
      realms,
      messageRules: this.messageRules,
      isOwnWorker: (url) => this.live.isOwnWorker(url),
      isRunning: () => this.#stopListening !== undefined,
      isAttached: () => this.#isAttached,
      crashed: () => this.#setState({ state: "stopped", ...CRASHED }),
      reloaded: () => this.#setRunning(),
    });
  }

  get state(): TabCaptureState {
    return this.#state;
  }

  /** Whether there may be sockets from before that have not spoken since, and are not listed. */
  get silent(): SilentSockets {
    return this.#silent;
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
