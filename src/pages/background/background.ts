import { chromeDebugger } from "../../capture/debugger-api.ts";
import { keepLeases, sessionLeaseStorage } from "../../capture/lease.ts";

// A page and this service worker can die in one moment, and nobody would end what the page held: a new life does, and
// so begins when the user turns to another tab.
chrome.tabs.onActivated.addListener(() => {});
keepLeases({
  onConnect: (listener) => chrome.runtime.onConnect.addListener(listener),
  detach: (debuggee) => chromeDebugger.detach(debuggee),
  storage: sessionLeaseStorage,
  later: (callback, milliseconds) => setTimeout(callback, milliseconds),
});
