import type { CaptureEdges } from "../../capture/capture-edges.ts";
import { chromeDebugger } from "../../capture/debugger-api.ts";
import { storedSessions } from "../../capture/known-sessions.ts";
import { openLease } from "../../capture/lease.ts";
import { TabCapture } from "../../capture/tab-capture.ts";
import type { Ability, FromCapture, ToCapture } from "../../engine/contract.ts";
import { assertNever } from "../../model/assert-never.ts";
import { readSettings, SETTINGS_KEY, type Settings } from "../../model/settings.ts";
import { limitsOf } from "./limits.ts";
import type { TabList } from "./tab-list.ts";
import { ViewHost, type EngineThread } from "./view-host.ts";

/** What a page that hosts a capture has of its own. */
export interface TabHostParts {
  readonly tabId: number;
  readonly engine: EngineThread;
  /** DevTools' own log, a HAR; only beside DevTools. */
  readonly readDevToolsLog?: NonNullable<CaptureEdges["readDevToolsLog"]>;
  /** Shows a script in Sources; only beside DevTools. Line and column from 1. */
  readonly openSource?: (url: string, line: number, column: number) => void;
  /** The tabs to choose from instead; only on the app page. */
  readonly tabs?: TabList;
}

export interface TabHost {
  readonly capture: TabCapture;
  readonly views: ViewHost;
  /** The settings as they are in storage; what changes later is taken up by itself. */
  readonly settings: Promise<Settings>;
}

/** Wires the capture of one tab to an engine and to views. The capture is not started. */
export function hostTab({ tabId, engine, readDevToolsLog, openSource, tabs }: TabHostParts): TabHost {
  let settings = readSettings(undefined);
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
    soon: messageTicks(),
    now: () => performance.timeOrigin + performance.now(),
    later: (callback, milliseconds) => setTimeout(callback, milliseconds),
    settings: () => settings,
    sessions: storedSessions,
    lease: openLease(() => void capture.attachAgain()),
    ...(readDevToolsLog !== undefined && { readDevToolsLog }),
  });
  engine.onmessage = ({ data }) => capture.batchDone(data.payloadBytes, data.spare);

  const abilities: Ability[] = [];
  if (openSource !== undefined) abilities.push("open source");
  if (tabs !== undefined) abilities.push("choose tab");
  const state = (): FromCapture => ({ type: "capture", capture: capture.state, abilities });
  const receive = (message: ToCapture): void => {
    switch (message.type) {
      case "pause":
        return capture.pause();
      case "resume":
        return void capture.resume();
      case "reload page":
        return capture.reloadPage();
      case "open source":
        return openSource?.(message.url, message.line, message.column);
      case "list tabs":
        return void tabs?.refresh();
      case "choose tab":
        return tabs?.choose(message.tabId);
      default:
        assertNever(message);
    }
  };
  const views: ViewHost = new ViewHost(engine, {
    get told() {
      return tabs === undefined ? [state()] : [state(), tabs.told];
    },
    receive,
  });
  tabs?.listen((message) => views.tell(message));

  const takeSettings = (stored: unknown): Settings => {
    settings = readSettings(stored);
    capture.settingsChanged();
    engine.postMessage(limitsOf(settings), []);
    return settings;
  };
  chrome.storage.local.onChanged.addListener((changes) => {
    const change = changes[SETTINGS_KEY];
    if (change !== undefined) takeSettings(change.newValue);
  });
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
  // An extension's pages are not incognito themselves, wherever the tab is.
  const isPrivate = chrome.tabs.get(tabId).then(({ incognito }) => incognito, () => false);
  void isPrivate.then((isIt) => isIt && engine.postMessage({ type: "incognito" }, []));
  // The page is going, in order.
  addEventListener("pagehide", () => {
    capture.flush();
    engine.postMessage({ type: "end" }, []);
  });
  return { capture, views, settings: chrome.storage.local.get(SETTINGS_KEY).then((stored) => takeSettings(stored[SETTINGS_KEY])) };
}

/** Calls back in a later turn, and not by a timer: those of a hidden page are throttled. */
function messageTicks(): (callback: () => void) => void {
  const tick = new MessageChannel();
  const waiting: (() => void)[] = [];
  tick.port1.onmessage = () => waiting.shift()?.();
  return (callback) => {
    waiting.push(callback);
    tick.port2.postMessage(null);
  };
}
