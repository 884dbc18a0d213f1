import type { SynthesisedEnd } from "../../model/capture-batch.ts";
import { Attachments } from "./attachments.ts";
import type { CaptureEdges } from "../capture-edges.ts";
import type { MessageRules } from "../actions/message-rules.ts";
import type { NetworkRules } from "../actions/network-rules.ts";
import type { OpeningTarget } from "../actions/opening-places.ts";
import { readAttachedTarget, readFrameId, readLoader, readMainFrameUrl, readNavigatedFrame, readRealmId, readRequestedUrl, readSessionId, type AttachedTarget } from "../sources/cdp-events.ts";
import { readReport } from "../sources/closing-observer.ts";
import type { Debuggee, DebugSource } from "../debugger-api.ts";
import type { EarlierSockets, EarlierTarget } from "../earlier/earlier-sockets.ts";
import { extensionOf } from "./forbidden-place.ts";
import type { FrameBatcher } from "../frame-batcher.ts";
import { Popups } from "./popups.ts";
import type { Realms } from "./realms.ts";
import type { SessionCommands } from "./session-commands.ts";
import { SharedWorkers } from "./shared-workers.ts";
import type { EventStreams } from "../sources/event-streams.ts";
import type { SocketEvents } from "../sources/socket-events.ts";
import { TargetTree, type Session } from "./target-tree.ts";

/** What the targets of a tab need of its capture. */
export interface TabTargetsParts {
  readonly tab: { readonly tabId: number };
  readonly edges: CaptureEdges;
  readonly batcher: FrameBatcher;
  readonly sockets: SocketEvents;
  readonly streams: EventStreams;
  readonly earlier: EarlierSockets;
  readonly commands: SessionCommands;
  readonly realms: Realms;
  readonly networkRules: Pick<NetworkRules, "targetGone">;
  readonly messageRules: MessageRules;
  /** The worker of this script is one of ours, for a connection of the user's. */
  readonly isOwnWorker: (url: string) => boolean;
  /** The capture has begun and not ended. */
  readonly isRunning: () => boolean;
  /** The tab's attachment is this page's too. */
  readonly isAttached: () => boolean;
  /** The tab's page crashed, or was loaded again after that. */
  readonly crashed: () => void;
  readonly reloaded: () => void;
}

/**
 * What runs in a tab, and beside it for its sake: keeps up with pages, frames, workers and popups as Chrome tells of them,
 * has each tell of its sockets, and ends the sockets of those that go.
 */
export class TabTargets {
  readonly tree: TargetTree;
  readonly workers: SharedWorkers;
  readonly attachments: Attachments;
  /** The document that the tab showed last, as far as we were told. */
  loader: string | undefined;
  /** The frame that is on its way to a page of an extension's, for which Chrome may end the debugging. */
  #leaving: { readonly frameId: string | undefined; readonly extension: string } | undefined;
  readonly #parts: TabTargetsParts;
  readonly #popups: Popups;
  #opensTabs = false;

  constructor(parts: TabTargetsParts) {
    const { edges, batcher, isRunning } = parts;
    this.#parts = parts;
    this.tree = new TargetTree((target) => batcher.addEvent({ type: "target", target }));
    this.attachments = new Attachments(edges, isRunning);
    this.workers = new SharedWorkers({
      api: edges.debugger,
      tree: this.tree,
      attachments: this.attachments,
      later: edges.later,
      begin: (targetId, known) => this.#beginSharedWorker(targetId, known),
      left: (targetId) => this.#leave({ targetId }),
      uncertain: edges.onUncertainWorkers,
    });
    this.#popups = new Popups({
      api: edges.debugger,
      attachments: this.attachments,
      later: edges.later,
      openers: () => this.tree.roots.filter((root) => "tabId" in root),
      hear: (tab) => void this.#parts.commands.enableNetwork(tab).catch(() => {}),
      begin: (popup, known) => this.#beginPopup(popup, known),
      take: (source, method, params) => this.take(source, method, params),
      lost: () => batcher.countLost(),
    });
  }

  /** The tab was attached to; `known`: what Chrome has told already of what runs in it. */
  begin(known: readonly AttachedTarget[]): void {
    const { tab } = this.#parts;
    this.#leaving = undefined;
    this.tree.addRoot(tab, "page");
    this.#adopt(tab, known);
  }

  /** Forgets all; answers what was attached beside the tab. */
  clear(): Debuggee[] {
    const { roots } = this.tree;
    this.workers.clear();
    this.#setOpensTabs(false);
    const asked = this.#popups.clear();
    for (const root of roots) this.tree.removeRoot(root);
    return [...roots.filter((root) => !this.isTab(root)), ...asked];
  }

  /** The session of the tab's page. */
  get page(): Session {
    return this.tree.sessionOf(this.#parts.tab);
  }

  /** Whether the page that is shown has opened tabs, or tried to, that are not captured since the user has not asked for that. */
  get opensTabs(): boolean {
    return this.#opensTabs;
  }

  #setOpensTabs(opensTabs: boolean): void {
    if (opensTabs === this.#opensTabs) return;
    this.#opensTabs = opensTabs;
    this.#parts.edges.onOpensTabs(opensTabs);
  }

  /** Whether an event is of the tab itself, and of no target in it. */
  isTab({ tabId, sessionId }: DebugSource): boolean {
    return tabId === this.#parts.tab.tabId && sessionId === undefined;
  }

  /** The extension to whose page a frame of the tab was on its way, when last heard of. */
  get extension(): string | undefined {
    return this.#leaving?.extension;
  }

  /** Where commands for a session go; undefined where it is gone. */
  sourceOf({ key }: Session): DebugSource | undefined {
    // A worker that was attached to for itself may be in the tab's own attachment since: that one is good.
    return this.tree.sources.findLast((source) => this.tree.sessionOf(source).key === key);
  }

  /** The session of that key, and where its commands go; undefined where it is gone. */
  placeOf(key: string): { readonly source: DebugSource; readonly session: Session } | undefined {
    const source = this.sourceOf({ key, targetKey: key });
    return source && { source, session: this.tree.sessionOf(source) };
  }

  /** All that runs in the tab and beside it for its sake, the page first. */
  get openable(): OpeningTarget[] {
    return this.tree.sources.flatMap((source) => {
      const kind = this.tree.kindOf(source);
      return kind === undefined ? [] : [{ ...kind, source, session: this.tree.sessionOf(source), isPage: this.tree.isPage(source) }];
    });
  }

  /** What ran before we attached. */
  get earlier(): EarlierTarget[] {
    const sources = this.tree.sources.filter((source) => this.tree.isEarlier(source));
    return sources.map((source) => ({ source, session: this.tree.sessionOf(source), outlivesPage: this.tree.outlivesPage(source) }));
  }

  /** Takes an event of any debuggee, and leaves those that are not of this tab. */
  take(source: DebugSource, method: string, params: unknown): void {
    // Every page of the extension hears the events of every tab.
    if (source.tabId !== this.#parts.tab.tabId && !this.tree.has(source)) return this.#popups.hold(source, method, params);
    // Another page of ours hears them already; of targets Chrome tells only once.
    if (!this.#parts.isAttached() && !method.startsWith("Target.")) return;
    if (method.startsWith("Network.webSocket")) {
      this.#parts.earlier.take(this.tree.sessionOf(source), method, params);
      return;
    }
    if (method.startsWith("Network.")) {
      if (method === "Network.requestWillBeSent") this.workers.requested(params);
      this.#parts.streams.take(this.tree.sessionOf(source), method, params);
      return;
    }
    switch (method) {
      case "Target.attachedToTarget":
        this.#takeChild(source, params);
        return;
      case "Target.detachedFromTarget":
        this.#dropChild(source, params);
        return;
      case "Page.frameRequestedNavigation": {
        const extension = extensionOf(readRequestedUrl(params));
        if (extension !== undefined) this.#leaving = { frameId: readFrameId(params), extension };
        return;
      }
      case "Page.frameStoppedLoading":
      case "Page.frameDetached":
        if (this.#leaving?.frameId === readFrameId(params)) this.#leaving = undefined;
        return;
      case "Page.frameNavigated":
        this.#navigated(source, params);
        return;
      case "Page.windowOpen":
        if (this.#parts.edges.settings().capturePopups) void this.#popups.announced(source);
        else this.#setOpensTabs(true);
        return;
      case "Debugger.scriptParsed":
        this.#parts.earlier.scriptParsed(this.tree.sessionOf(source));
        return;
      case "Runtime.executionContextCreated":
      case "Runtime.executionContextDestroyed":
      case "Runtime.executionContextsCleared":
        this.#parts.realms.take(source, method, params);
        if (method !== "Runtime.executionContextCreated") this.#parts.messageRules.contextGone(source, method === "Runtime.executionContextsCleared" ? undefined : readRealmId(params));
        return;
      case "Runtime.bindingCalled":
        this.#takeReport(source, params);
        this.#parts.messageRules.take(source, this.tree.sessionOf(source).key, params);
        return;
      case "Inspector.targetCrashed":
        this.#crashed(source);
        return;
      case "Inspector.targetReloadedAfterCrash":
        if (this.isTab(source)) this.#parts.reloaded();
    }
  }

  tabOpened(tabId: number): void {
    void this.#popups.opened(tabId);
  }

  /** A tab or popup shows another document. `isCut`: asked in its order among the events. */
  showPage(source: DebugSource, url: string, isCut: () => boolean): void {
    this.tree.setPage(source, url);
    this.workers.pageLeft();
    if (this.isTab(source)) this.#setOpensTabs(false);
    const { keepLog } = this.#parts.edges.settings();
    const { earlier, batcher, sockets } = this.#parts;
    if (this.isTab(source)) earlier.inOrder(() => batcher.addEvent({ type: "navigated", time: sockets.moment(), url, keepLog, ...(isCut() && { isCut: true }) }));
  }

  /** The page is gone, and nobody listens to what may be left beside it. */
  endAll(why: "navigation" | "target gone"): void {
    const { key: page } = this.page;
    for (const key of new Set([page, ...this.#parts.earlier.sessionKeys, ...this.#parts.streams.sessionKeys])) this.#endSession(key, key === page ? why : "unheard");
    this.loader = undefined;
  }

  /** Chrome has ended the debugging of what is attached beside the tab. */
  detached(source: DebugSource): void {
    if (!this.tree.has(source)) return;
    const { tabId, targetId } = source;
    const debuggee = tabId === undefined ? { targetId: targetId ?? "" } : { tabId };
    this.#dropRoot(source);
    this.#parts.edges.sessions.write(debuggee, []);
    this.#parts.edges.lease.release(debuggee);
  }

  #beginSharedWorker(targetId: string, known: readonly AttachedTarget[]): Promise<unknown> {
    const source = { targetId };
    this.#adopt(source, known);
    return this.#parts.commands.startSharedWorker(source);
  }

  #beginPopup(popup: Debuggee, known: readonly AttachedTarget[]): void {
    this.tree.addRoot(popup, "popup");
    this.#adopt(popup, known);
    void this.#parts.commands.startPage(popup);
    void this.#namePopup(popup);
  }

  /** It may have come to its document before it told of navigations. */
  async #namePopup(popup: Debuggee): Promise<void> {
    const { frameTree } = ((await this.#parts.commands.quietly(popup, "Page.getFrameTree")) ?? {}) as { readonly frameTree?: unknown };
    const url = readMainFrameUrl(frameTree);
    if (url !== undefined) this.tree.setPage(popup, url);
  }

  /** What runs in a debuggee that another page of ours had attached before. */
  #adopt(debuggee: Debuggee, known: readonly AttachedTarget[]): void {
    for (const target of known) {
      if (!this.tree.hasTarget(target.targetId)) this.#addChild(debuggee, target);
    }
  }

  #takeChild(source: DebugSource, params: unknown): void {
    const target = readAttachedTarget(params);
    if (target !== undefined) this.#addChild(source, target);
  }

  #addChild(source: DebugSource, target: AttachedTarget): void {
    const { tabId, targetId } = source;
    this.#parts.commands.startChild({ ...(tabId === undefined ? { targetId } : { tabId }), sessionId: target.sessionId }, target, this.#parts.isOwnWorker(target.url));
    this.workers.autoAttached(target.targetId);
    // It has run nothing yet, and its own session will tell all that it does: an attachment that we made for its script's
    // sake goes on telling the same until Chrome has ended it.
    if (target.isNew) this.tree.removeRoot({ targetId: target.targetId });
    this.tree.add(source, target);
    this.#shareChildren(source);
  }

  /** For pages of ours that join later. */
  #shareChildren({ tabId, targetId }: DebugSource): void {
    const debuggee = tabId === undefined ? { targetId: targetId ?? "" } : { tabId };
    if (this.#parts.isAttached()) this.#parts.edges.sessions.write(debuggee, this.tree.childrenOf(debuggee));
  }

  #dropChild(source: DebugSource, params: unknown): void {
    const sessionId = readSessionId(params);
    if (sessionId === undefined) return;
    const session = this.tree.remove(sessionId);
    this.#parts.networkRules.targetGone();
    this.#parts.messageRules.contextGone({ ...source, sessionId }, undefined);
    if (session === undefined) return;
    this.#endSession(session, "target gone");
    this.#shareChildren(source);
  }

  /** A page or a cross-origin frame went to another document, which ends the sockets of the one before. */
  #navigated(source: DebugSource, params: unknown): void {
    if (source.sessionId !== undefined) {
      const frame = readNavigatedFrame(params);
      const session = frame === undefined ? undefined : this.tree.setUrl(source.sessionId, frame.id, frame.url);
      if (session !== undefined) this.#endSession(session, "navigation");
      return;
    }
    const url = readMainFrameUrl(params);
    if (url === undefined) return;
    if (this.isTab(source)) {
      this.loader = readLoader(params);
      this.#leaving = undefined;
    }
    const { earlier, sockets } = this.#parts;
    let before = 0;
    earlier.inOrder(() => (before = sockets.synthesisedEnds));
    this.#endSession(this.tree.sessionOf(source).key, "navigation");
    this.showPage(source, url, () => sockets.synthesisedEnds > before);
  }

  #endSession(key: string, why: SynthesisedEnd): void {
    this.#parts.streams.endSession(key, why);
    const isTab = key === this.page.key;
    this.#parts.earlier.inOrder(() => {
      this.#parts.sockets.endSession(key, why);
      this.#parts.earlier.endSession(key, isTab, why);
    });
  }

  #takeReport(source: DebugSource, params: unknown): void {
    const called = readReport(params, this.#parts.edges.observerNames());
    const session = this.tree.sessionOf(source);
    if (called !== undefined) this.#parts.earlier.inOrder(() => this.#parts.sockets.takeReport(session, called.context, called.report));
  }

  #crashed(source: DebugSource): void {
    if (this.isTab(source)) {
      this.#endSession(this.page.key, "target gone");
      this.#parts.crashed();
    }
    // So Chrome tells that a shared worker has ended: it does not detach us.
    else if (source.targetId !== undefined && source.sessionId === undefined) {
      this.#dropRoot(source);
      void this.attachments.detach({ targetId: source.targetId });
    }
  }

  #dropRoot(source: DebugSource, why: SynthesisedEnd = "target gone"): void {
    if (source.targetId !== undefined) this.workers.ended(source.targetId);
    for (const key of this.tree.removeRoot(source)) this.#endSession(key, why);
  }

  /** It may go on for other tabs. */
  #leave(worker: { readonly targetId: string }): void {
    this.#dropRoot(worker, "navigation");
    void this.attachments.detach(worker);
  }
}
