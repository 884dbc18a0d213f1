import { WallClock } from "../model/clock.ts";
import { prepareEnd } from "./actions/end-connections.ts";
import { LiveActions } from "./actions/live-actions.ts";
import { MessageRules } from "./actions/message-rules.ts";
import { NetworkRules } from "./actions/network-rules.ts";
import { Realms } from "./attach/realms.ts";
import { SessionCommands } from "./attach/session-commands.ts";
import { TabTargets } from "./attach/tab-targets.ts";
import type { CaptureEdges } from "./capture-edges.ts";
import { EarlierRows } from "./earlier/earlier-rows.ts";
import { EarlierSockets } from "./earlier/earlier-sockets.ts";
import { EarlierStreams } from "./earlier/earlier-streams.ts";
import { findLiveSockets } from "./earlier/live-sockets.ts";
import { ToldFrames } from "./earlier/told-frames.ts";
import { FrameBatcher } from "./frame-batcher.ts";
import { EventStreams } from "./sources/event-streams.ts";
import { SocketEvents } from "./sources/socket-events.ts";
import { SocketRegistry } from "./sources/socket-registry.ts";

/** What the parts ask of, and tell, the capture whose they are. */
export interface TabLife {
  readonly isObserving: () => boolean;
  readonly isRunning: () => boolean;
  readonly isAttached: () => boolean;
  readonly foundSilent: (mayBeThere: boolean) => void;
  readonly crashed: () => void;
  readonly reloaded: () => void;
}

/** What the capture of a tab is made of, each part with what it needs of the others. */
export class TabParts {
  readonly batcher: FrameBatcher;
  readonly targets: TabTargets;
  readonly sockets: SocketEvents;
  readonly earlier: EarlierSockets;
  readonly commands: SessionCommands;
  readonly realms: Realms;
  readonly live: LiveActions;
  readonly rules: NetworkRules;
  readonly messageRules: MessageRules;

  constructor(tab: { readonly tabId: number }, edges: CaptureEdges, life: TabLife) {
    const { debugger: api } = edges;
    this.batcher = new FrameBatcher({ send: edges.send, soon: edges.soon });
    const registry = new SocketRegistry();
    const realms = new Realms(api);
    this.realms = realms;
    const told = new ToldFrames(registry);
    let devToolsLog: unknown;
    this.sockets = new SocketEvents({ batcher: this.batcher, registry, told, clock: new WallClock(), now: edges.now, unknown: () => this.earlier, isRefused: (url) => this.rules.refuses(url) });
    const streams = new EarlierStreams({ batcher: this.batcher, sockets: this.sockets, registry });
    const rows = new EarlierRows(this.batcher, registry, () => this.sockets.skip(), (session, connection) => this.sockets.ruled.opened(session.key, connection));
    this.earlier = new EarlierSockets(this.sockets, rows, registry, told, {
      readLog: edges.readDevToolsLog && (async () => (devToolsLog = await edges.readDevToolsLog?.())),
      addStreams: (page, began) => streams.add(devToolsLog, page, began),
      findLive: (source, how) => findLiveSockets({ api, realms }, source, how),
      later: edges.later,
      onSilent: life.foundSilent,
      speaking: {
        api,
        realms,
        name: `framescope_${edges.drawName()}`,
        later: edges.later,
        sourceOf: (session) => this.targets.sourceOf(session),
        isInDevTools: ({ tabId }) => edges.readDevToolsLog !== undefined && tabId === tab.tabId,
      },
    });
    this.live = new LiveActions({
      api,
      realms,
      registry,
      speaking: this.earlier.speaking,
      isAwaited: (connection) => this.earlier.awaits(connection),
      own: this.sockets.own,
      made: (connection, message) => this.sockets.addMade(connection, message),
      ownConnections: this.sockets.ownConnections,
      pageKey: () => this.targets.page.key,
      targets: () => this.targets.openable,
      workerOf: (url) => this.targets.tree.workerOf(url),
      isPage: (source) => this.targets.tree.isPage(source),
      placeOf: (key) => this.targets.placeOf(key),
      later: edges.later,
      drawName: edges.drawName,
    });
    this.rules = new NetworkRules({
      api,
      sources: () => this.targets.tree.sources,
      open: () => registry.open,
      prepareEnd: (ids) => prepareEnd(this.live, ids, edges.later),
      later: edges.later,
      now: edges.now,
      random: Math.random,
      changed: () => edges.onRules(this.rules.inForce),
    });
    registry.onOpenChanged = () => this.rules.openChanged();
    this.messageRules = new MessageRules({
      api,
      realms,
      registry,
      speaking: this.earlier.speaking,
      placeOf: (key) => this.targets.placeOf(key),
      isOwn: (connection) => this.sockets.ownConnections.has(connection),
      sessionKeyOf: (source) => this.targets.tree.sessionOf(source).key,
      ruled: this.sockets.ruled,
      sources: () => this.targets.tree.sources.filter((source) => !this.live.isOwnWorker(this.targets.tree.kindOf(source)?.url ?? "")),
      isPage: (source) => this.targets.tree.isPage(source),
      inOrder: (action) => this.earlier.inOrder(action),
      later: edges.later,
      changed: () => edges.onMessageRules(this.messageRules.inForce),
    });
    this.commands = new SessionCommands(api, realms, edges.observerNames, life.isObserving, () => this.rules.command, (source, isPage, hasRun) => this.messageRules.prepare(source, isPage, hasRun), edges.heldHttp);
    this.targets = new TabTargets({
      tab,
      edges,
      batcher: this.batcher,
      sockets: this.sockets,
      streams: new EventStreams({
        batcher: this.batcher,
        sockets: this.sockets,
        registry,
        earlier: streams,
        askLog: (then) => {
          this.earlier.askLog(() => {
            streams.refresh(devToolsLog);
            then();
          });
        },
        inOrder: (action) => this.earlier.inOrder(action),
      }),
      earlier: this.earlier,
      commands: this.commands,
      realms,
      networkRules: this.rules,
      messageRules: this.messageRules,
      isOwnWorker: (url) => this.live.isOwnWorker(url),
      isRunning: life.isRunning,
      isAttached: life.isAttached,
      crashed: life.crashed,
      reloaded: life.reloaded,
    });
  }
}
