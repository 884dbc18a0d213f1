import { chromeDebugger } from "../../capture/debugger-api.ts";
import { openLease } from "../../capture/lease.ts";
import { TabCapture } from "../../capture/tab-capture.ts";
import { CONTRACT_VERSION, type BatchDone, type FromCapture, type PanelWires, type ToCapture, type ToEngine } from "../../engine/contract.ts";
import EngineWorker from "../../engine/worker.ts?worker";
import { readSettings, SETTINGS_KEY } from "../../model/settings.ts";

const PANEL_PAGE = "/src/pages/panel/index.html";
const PANEL_ICON = "/icons/16.png";
const MEBIBYTE = 2 ** 20;

const { tabId } = chrome.devtools.inspectedWindow;
const engine = new EngineWorker();
const toEngine = (message: ToEngine, transfer: Transferable[] = []): void => engine.postMessage(message, transfer);
const viewPorts = new Set<MessagePort>();
let settings = readSettings(undefined);

const tick = new MessageChannel();
const waiting: (() => void)[] = [];
tick.port1.onmessage = () => waiting.shift()?.();

const capture = new TabCapture(tabId, {
  debugger: chromeDebugger,
  send: (batch) =>
    toEngine({ type: "batch", batch }, [
      batch.times.buffer,
      batch.connections.buffer,
      batch.bits.buffer,
      batch.lengths.buffer,
      batch.payload.buffer,
    ]),
  onState: () => viewPorts.forEach(tellState),
  soon: (callback) => {
    waiting.push(callback);
    tick.port2.postMessage(null);
  },
  now: () => performance.timeOrigin + performance.now(),
  later: (callback, milliseconds) => setTimeout(callback, milliseconds),
  settings: () => settings,
  lease: openLease(() => void capture.attachAgain()),
  readDevToolsLog: () => chrome.devtools.network.getHAR(),
});

engine.onmessage = ({ data }: MessageEvent<BatchDone>) => capture.batchDone(data.payloadBytes);

function tellState(port: MessagePort): void {
  port.postMessage({ type: "capture", capture: capture.state } satisfies FromCapture);
}

function receive({ data }: MessageEvent<ToCapture>): void {
  switch (data.type) {
    case "pause":
      return capture.pause();
    case "resume":
      return void capture.resume();
    case "reload page":
      return capture.reloadPage();
    case "open source":
      return chrome.devtools.panels.openResource(data.url, data.line - 1, data.column - 1, () => {});
  }
}

/** Gives a panel's window, once it listens, its wires to the engine and to the capture. */
function connectPanel(panel: Window): void {
  const toView = new MessageChannel();
  const toCapture = new MessageChannel();
  toEngine({ type: "view", version: CONTRACT_VERSION, port: toView.port2 }, [toView.port2]);
  toCapture.port2.onmessage = receive;
  toCapture.port2.addEventListener("close", () => viewPorts.delete(toCapture.port2));
  viewPorts.add(toCapture.port2);
  tellState(toCapture.port2);
  const wires: PanelWires = {
    type: "framescope-wires",
    version: CONTRACT_VERSION,
    engine: toView.port1,
    capture: toCapture.port1,
  };
  panel.postMessage(wires, location.origin, [toView.port1, toCapture.port1]);
}

function takeSettings(stored: unknown): void {
  settings = readSettings(stored);
  capture.settingsChanged();
  const { memoryBudget, keptCaptures, keptSize } = settings;
  toEngine({ type: "limits", budget: memoryBudget * MEBIBYTE, bounds: { captures: keptCaptures, bytes: keptSize * MEBIBYTE } });
}

chrome.devtools.panels.create(chrome.runtime.getManifest().name, PANEL_ICON, PANEL_PAGE, (panel) => {
  const connected = new WeakSet<Window>();
  panel.onShown.addListener((window) => {
    void capture.start();
    if (connected.has(window)) return;
    connected.add(window);
    // A module script has run, and listens, when the page has loaded.
    if (window.document.readyState === "complete") connectPanel(window);
    else window.addEventListener("load", () => connectPanel(window), { once: true });
  });
});

addEventListener("pagehide", () => toEngine({ type: "end" }));
chrome.devtools.network.onNavigated.addListener(() => void capture.pageNavigated());
// The first of the two can come while Chrome still refuses for the sake of the page before.
chrome.tabs.onUpdated.addListener((id, { status }) => {
  if (id === tabId && status === "complete") void capture.pageNavigated();
});
chrome.storage.local.onChanged.addListener((changes) => {
  const change = changes[SETTINGS_KEY];
  if (change !== undefined) takeSettings(change.newValue);
});
void chrome.storage.local.get(SETTINGS_KEY).then((stored) => {
  takeSettings(stored[SETTINGS_KEY]);
  if (settings.captureWithDevTools) void capture.start();
});
