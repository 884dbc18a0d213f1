import { chromeDebugger } from "../../capture/debugger-api.ts";
import { endDebugging } from "../../capture/attach/end-debugging.ts";
import { storedSessions } from "../../capture/attach/known-sessions.ts";
import { storedObserverNames } from "../../capture/attach/observer-names.ts";
import { keepLeases, sessionLeaseStorage } from "../../capture/attach/lease.ts";
import { readSettings, SETTINGS_KEY } from "../../model/settings.ts";
import { openApp } from "./open-app.ts";

const BUTTON_TITLE = chrome.runtime.getManifest().action?.default_title ?? "";

// A page and this service worker can die in one moment, and nobody would end what the page held: a new life does, and
// so begins when the user turns to another tab.
chrome.tabs.onActivated.addListener(() => {});
keepLeases({
  life: crypto.randomUUID(),
  onConnect: (listener) => chrome.runtime.onConnect.addListener(listener),
  detach: (debuggee) => {
    storedSessions.write(debuggee, []);
    return chromeDebugger.detach(debuggee);
  },
  end: (debuggee) =>
    endDebugging(debuggee, {
      debugger: chromeDebugger,
      sessions: storedSessions,
      observed: async () => (readSettings((await chrome.storage.local.get(SETTINGS_KEY))[SETTINGS_KEY]).observeClosings ? await storedObserverNames() : undefined),
      later: (callback, milliseconds) => setTimeout(callback, milliseconds),
    }),
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
    tell: async (problem) => {
      await chrome.action.setBadgeText({ text: problem === null ? "" : "!" });
      await chrome.action.setTitle({ title: problem === null ? BUTTON_TITLE : chrome.i18n.getMessage("notOpened", problem) });
    },
  });
});
