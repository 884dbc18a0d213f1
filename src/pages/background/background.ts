import { chromeDebugger } from "../../capture/debugger-api.ts";
import { keepLeases, sessionLeaseStorage } from "../../capture/lease.ts";

keepLeases({
  onConnect: (listener) => chrome.runtime.onConnect.addListener(listener),
  detach: (debuggee) => chromeDebugger.detach(debuggee),
  storage: sessionLeaseStorage,
  later: (callback, milliseconds) => setTimeout(callback, milliseconds),
});
