import type { CaptureEdges } from "../../capture/capture-edges.ts";
import { chromeDebugger } from "../../capture/debugger-api.ts";
import { storedSessions } from "../../capture/attach/known-sessions.ts";
import { storedObserverNames } from "../../capture/attach/observer-names.ts";
import type { ObserverNames } from "../../capture/sources/closing-observer.ts";
import { openLease } from "../../capture/attach/lease.ts";
import { TabCapture } from "../../capture/tab-capture.ts";
import type { Ability, FromCapture, ToCapture } from "../../contract/capturing.ts";
import { MessageTurns } from "../../worker/message-turns.ts";
import { assertNever } from "../../model/assert-never.ts";
import type { Faults } from "../../model/faults.ts";
import { say } from "../../model/said.ts";
import { readSettings, type Settings } from "../../model/settings.ts";
import { answerLive } from "./answer-live.ts";
import { followSettings } from "./follow-settings.ts";
import type { TabList } from "./tab-list.ts";
import type { EngineThread } from "./engine-supervisor.ts";
import { ViewHost, withEngine } from "./view-host.ts";

/** What a page that hosts a capture has of its own. */
export interface TabHostParts {
  readonly tabId: number;
  readonly engine: EngineThread;
  /** Bugs that show in this page. */
  readonly faults: Faults;
  /** DevTools' own log, a HAR; only beside DevTools. */
  readonly readDevToolsLog?: NonNullable<CaptureEdges["readDevToolsLog"]>;
  /** Shows a script in Sources; only beside DevTools. Line and column from 1. */
  readonly openSource?: (url: string, line: number, column: number) => void;
  /** The tab shows the page of ours from which connections without a page are opened. */
  readonly isOwnPlace?: boolean;
  /** The tabs to choose from instead; only on the app page. */
  readonly tabs?: TabList;
}

/** A view that is not drawn by then has a problem, and what it is to show is captured all the same. */
const LATEST_START_MS = 1000;

export interface TabHost {
  /** Begins the capture, unless it runs, once the settings are known and the engine knows whether it may write. */
  readonly start: () => Promise<void>;
  /**
   * The same once a view is drawn, else after a second. Attaching takes much of a core, and so does drawing a panel: at
   * once, they make the page stand still for longer. What passes meanwhile DevTools' log knows.
   */
  readonly startOnceDrawn: () => Promise<void>;
  readonly capture: Pick<TabCapture, "pageNavigated">;
  readonly views: ViewHost;
  /** The settings as they are in storage; what changes later is taken up by itself. */
  readonly settings: Promise<Settings>;
}

/** Wires the capture of one tab to an engine and to views. The capture is not started. */
export function hostTab({ tabId, engine, faults, readDevToolsLog, openSource, tabs, isOwnPlace = false }: TabHostParts): TabHost {
  let settings = readSettings(undefined);
  // Until they are known no capture runs.
  let observerNames: ObserverNames = { binding: "", secret: "", off: "" };
  let drawn: (() => void) | undefined;
  const turns = new MessageTurns();
  const capture: TabCapture = new TabCapture(tabId, {
    debugger: chromeDebugger,
    send: (batch) =>
      engine.postMessage({ type: "batch", batch }, [
        batch.times.buffer,
        batch.connections.buffer,
        batch.bits.buffer,
        batch.lengths.buffer,
        batch.payload.buffer,
      ]),
    onState: () => views.tell(state()),
    onSilent: () => views.tell(state()),
    onOpensTabs: () => views.tell(state()),
    onUncertainWorkers: () => views.tell(workers()),
    onRules: () => views.tell(rules()),
    onMessageRules: () => views.tell(messageRules()),
    soon: (callback) => turns.soon(callback),
    now: () => performance.timeOrigin + performance.now(),
    later: (callback, milliseconds) => setTimeout(callback, milliseconds),
    drawName: () => crypto.randomUUID().replaceAll("-", ""),
    settings: () => settings,
    sessions: storedSessions,
    observerNames: () => observerNames,
    lease: openLease(() => void capture.attachAgain()),
    liftsPolicy: isOwnPlace,
    ...(readDevToolsLog !== undefined && { readDevToolsLog }),
  });
  engine.listen({
    batchDone: (done) => capture.batchDone(done),
    stateChanged: () => views.tell(state()),
    replaced: () => {
      capture.engineReplaced();
      views.rewire();
    },
  });

  const abilities: Ability[] = ["send"];
  if (openSource !== undefined) abilities.push("open source");
  if (tabs !== undefined) abilities.push("choose tab");
  const state = (): FromCapture => ({ type: "capture", capture: withEngine(engine.state, capture.state), silent: capture.silent, opensTabs: capture.opensTabs, abilities });
  const workers = (): FromCapture => ({ type: "uncertain workers", workers: capture.uncertainWorkers });
  const rules = (): FromCapture => ({ type: "network rules", rules: capture.rules.inForce });
  const messageRules = (): FromCapture => ({ type: "message rules", rules: capture.messageRules.inForce });
  const receive = (message: ToCapture, answer: (message: FromCapture) => void): void => {
    switch (message.type) {
      case "drawn":
        return drawn?.();
      case "pause":
        return capture.pause();
      case "resume":
        engine.startAgain();
        return void ready.then(() => capture.resume());
      case "reload page":
        // Of a page that crashed Chrome takes no command of the debugger's.
        return capture.state.state === "stopped" ? void chrome.tabs.reload(tabId) : capture.reloadPage();
      case "open extension page":
        return void chrome.tabs.create({ url: `chrome://extensions/?id=${chrome.runtime.id}` });
      case "find silent sockets":
        return void capture.findSilent();
      case "open source":
        return openSource?.(message.url, message.line, message.column);
      case "list tabs":
        return void tabs?.refresh();
      case "choose tab":
        return tabs?.choose(message.tabId);
      case "choose no page":
        return tabs?.chooseNoPage();
      case "capture worker":
        return capture.captureWorker(message.targetId);
      case "dismiss worker":
        return capture.dismissWorker(message.targetId);
      case "live":
        return void answerLive(capture, message, faults).then(answer);
      default:
        assertNever(message);
    }
  };
  const views: ViewHost = new ViewHost(engine, {
    get told() {
      return [state(), workers(), rules(), messageRules(), ...(tabs === undefined ? [] : [tabs.told])];
    },
    receive,
  }, faults);
  tabs?.listen((message) => views.tell(message));

  chrome.tabs.onUpdated.addListener((id, { status }) => {
    if (id !== tabId) return;
    if (status !== undefined) void capture.pageLoaded();
    void tabs?.refresh();
  });
  chrome.tabs.onRemoved.addListener((id) => {
    if (id !== tabId) return;
    void capture.tabClosed();
    void tabs?.refresh();
  });
  const known = followSettings(engine, (now) => {
    settings = now;
    capture.settingsChanged();
  });
  // An extension's pages are not incognito themselves, wherever the tab is.
  const memoryOnly = chrome.tabs.get(tabId).then(({ incognito }) => (incognito ? say("pages.incognito") : null), () => say("pages.perhaps-incognito"));
  const named = storedObserverNames().then((names) => (observerNames = names));
  const ready = Promise.all([known, memoryOnly, named]).then(([, why]) => why !== null && engine.postMessage({ type: "memory only", why }, []));
  // The page is going, in order.
  addEventListener("pagehide", () => {
    capture.flush();
    engine.postMessage({ type: "end" }, []);
  });
  const start = (): Promise<void> => ready.then(() => capture.start());
  const startOnceDrawn = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      drawn = resolve;
      setTimeout(resolve, LATEST_START_MS);
    });
    await start();
  };
  return { start, startOnceDrawn, capture, views, settings: known };
}
