import { chromeDebugger } from "../../capture/debugger-api.ts";
import { canCapture, openTabs } from "../../capture/attach/open-tabs.ts";
import { nameOfTab } from "../../model/browser-tab.ts";
import { Faults } from "../../model/faults.ts";
import { openPanel } from "../../panel/open-panel.tsx";
import { sessionsOfPage } from "../ahead/sessions-of-page.ts";
import { nameByStart } from "../host/kept-host.ts";
import { recordNew, showKept } from "../host/supervise-engine.ts";
import { TabList } from "../host/tab-list.ts";
import { appAddressOf, isOwnPlace, OWN_PLACE, readAppAddress } from "./app-address.ts";
import { hostApp } from "./host-app.ts";
import { setWindowTitle } from "./window-title.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");
const productName = document.title;
const address = readAppAddress(location.search);
openPanel(root, {
  sessions: sessionsOfPage(),
  named: (name, { words, tell }) => {
    if (address.type === "capture") setWindowTitle(words("pages.title", { name: name === "" ? tell(nameByStart(address.id)) : name }));
  },
});

const tabs = new TabList(address.type === "tab" ? address.tabId : null, {
  list: async () => {
    const [targets, order] = await Promise.all([chromeDebugger.targets(), chrome.tabs.query({})]);
    return openTabs(targets, order.flatMap(({ id }) => id ?? []));
  },
  // The page begins anew: this capture ends in order, and the browser's own Back leads to it again.
  choose: (tabId) => location.assign(appAddressOf(tabId)),
  chooseNoPage: () => void openOwnPlace(),
  seen: (captured) => {
    if (canCapture(captured.url) || isOwnPlace(captured.url, location.origin)) setWindowTitle(`${nameOfTab(captured)} – ${productName}`);
  },
});
/** Beside this tab and behind it: what is looked at is the capture of it. */
async function openOwnPlace(): Promise<void> {
  const own = await chrome.tabs.getCurrent();
  const { id } = await chrome.tabs.create({ url: OWN_PLACE, active: false, ...(own !== undefined && { index: own.index + 1, windowId: own.windowId }) });
  if (id !== undefined) location.assign(appAddressOf(id));
}
const hasTab = (tabId: number): Promise<boolean> => chrome.tabs.get(tabId).then(() => true, () => false);
// What nobody catches in this document the view hears: it stands in the same.
const faults = new Faults("app page");
const engine = address.type === "capture" ? showKept(address.id, faults) : recordNew(faults);
const views = await hostApp({ address, tabs, hasTab, engine, faults, origin: location.origin });
views.connect(window);

// Chrome must not put this page away to save memory: its capture would end.
const own = await chrome.tabs.getCurrent();
if (own?.id !== undefined) await chrome.tabs.update(own.id, { autoDiscardable: false });
