import { chromeDebugger } from "../../capture/debugger-api.ts";
import { keepLeases, sessionLeaseStorage } from "../../capture/lease.ts";
import { openApp } from "./open-app.ts";

keepLeases({
  onConnect: (listener) => chrome.runtime.onConnect.addListener(listener),
  detach: (debuggee) => chromeDebugger.detach(debuggee),
  storage: sessionLeaseStorage,
  later: (callback, milliseconds) => setTimeout(callback, milliseconds),
});

chrome.action.onClicked.addListener(({ id, index }) => {
  if (id === undefined) return;
  void openApp(id, {
    pages: async () => {
      const contexts = await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.TAB] });
      return contexts.flatMap(({ tabId, documentUrl }) => (documentUrl === undefined ? [] : [{ tabId, url: documentUrl }]));
    },
    focus: async (tabId) => {
      const tab = await chrome.tabs.update(tabId, { active: true });
      if (tab !== undefined) await chrome.windows.update(tab.windowId, { focused: true });
    },
    create: async (address) => {
      await chrome.tabs.create({ url: address, index: index + 1, openerTabId: id });
    },
  });
});
