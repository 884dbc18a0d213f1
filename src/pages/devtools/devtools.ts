import { isAskForWires } from "../../contract/wire.ts";
import { Faults, hearFaults } from "../../model/faults.ts";
import { recordNew } from "../host/supervise-engine.ts";
import { hostTab } from "../host/tab-host.ts";

const PANEL_PAGE = "/src/pages/panel/index.html";
const PANEL_ICON = "/icons/16.png";

const faults = new Faults("devtools page");
hearFaults(window, faults);

const { start, startOnceDrawn, capture, views, settings } = hostTab({
  tabId: chrome.devtools.inspectedWindow.tabId,
  engine: recordNew(faults),
  faults,
  readDevToolsLog: () => chrome.devtools.network.getHAR(),
  openSource: (url, line, column) => chrome.devtools.panels.openResource(url, line - 1, column - 1, () => {}),
});

chrome.devtools.panels.create(chrome.runtime.getManifest().name, PANEL_ICON, PANEL_PAGE, (panel) => {
  const shown = new WeakSet<Window>();
  panel.onShown.addListener((window) => {
    if (shown.has(window)) return void start();
    shown.add(window);
    if (asked.has(window)) return;
    views.connect(window);
    void startOnceDrawn();
  });
});

/** Panels that asked for their wires by themselves. */
const asked = new WeakSet<Window>();
addEventListener("message", ({ origin, data, source }: MessageEvent<unknown>) => {
  if (origin !== location.origin || !isAskForWires(data) || source === null || !("document" in source)) return;
  asked.add(source);
  views.wire(source);
  // It is loaded when it is shown, and not before.
  void startOnceDrawn();
});

// It can come while Chrome still refuses for the sake of the page before; the tab's own news, which the host hears, comes later.
chrome.devtools.network.onNavigated.addListener(() => void capture.pageNavigated());
void settings.then(({ captureWithDevTools }) => {
  if (captureWithDevTools) void start();
});
