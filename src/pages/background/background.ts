import { chromeDebugger } from "../../capture/debugger-api.ts";
import { keepLeases } from "../../capture/lease.ts";

keepLeases((tabId) => chromeDebugger.detach(tabId));
