import { isAskForWires } from "../../contract/wire.ts";
import { Faults, hearFaults } from "../../model/faults.ts";
import { chooseLanguage, tagOf } from "../../words/languages.ts";
import { recordNew } from "../host/supervise-engine.ts";
import { hostTab } from "../host/tab-host.ts";
import { loadUnseen } from "./load-unseen.ts";
import { PanelWindows } from "./panel-windows.ts";

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

const seen = new AbortController();
const windows = new PanelWindows({ views, start: () => void start(), startOnceDrawn: () => void startOnceDrawn() });
chrome.devtools.panels.create(chrome.runtime.getManifest().name, PANEL_ICON, PANEL_PAGE, (panel) => {
  panel.onShown.addListener((window) => {
    seen.abort();
    windows.shown(window);
  });
});
addEventListener("message", ({ origin, data, source }: MessageEvent<unknown>) => {
  if (origin !== location.origin || !isAskForWires(data) || source === null || !("document" in source)) return;
  seen.abort();
  windows.asks(source);
});
loadUnseen(PANEL_PAGE, { signal: seen.signal, area: chrome.storage.session, place: document.documentElement }).catch((error: unknown) => faults.add(error));

// It can come while Chrome still refuses for the sake of the page before; the tab's own news, which the host hears, comes later.
chrome.devtools.network.onNavigated.addListener(() => void capture.pageNavigated());
void settings.then(({ captureWithDevTools, language }) => {
  // A panel reads it there.
  document.documentElement.lang = tagOf(chooseLanguage(language, [chrome.i18n.getUILanguage()]));
  if (captureWithDevTools) void start();
});
