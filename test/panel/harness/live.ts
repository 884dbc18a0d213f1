/** The panel in an ordinary page, over the real capture and the real engine: what `npm run dev` shows. */
import { TabCapture } from "../../../src/capture/tab-capture.ts";
import type { FromCapture, ToCapture } from "../../../src/contract/capturing.ts";
import { Faults } from "../../../src/model/faults.ts";
import { readSettings } from "../../../src/model/settings.ts";
import { openPanel } from "../../../src/panel/open-panel.tsx";
import { droppedFiles } from "../../../src/panel/import/dropped-files.ts";
import { Sessions } from "../../../src/panel/sessions.ts";
import { recordNew } from "../../../src/pages/host/supervise-engine.ts";
import { ViewHost, withEngine } from "../../../src/pages/host/view-host.ts";
import { MessageTurns } from "../../../src/worker/message-turns.ts";
import { fakeSessions } from "../../capture/fake-lease.ts";
import { installFakeChrome } from "./fake-chrome.ts";
import { RelayedDebugger } from "./relayed-debugger.ts";

const TAB = 1;

const asked = new URLSearchParams(location.search);
installFakeChrome(asked.get("theme") === "dark" ? "dark" : "default", asked.get("language") ?? "en");
if (import.meta.hot === undefined) throw new Error("This page lives on `npm run dev`.");

const faults = new Faults("page");
const engine = recordNew(faults);
const api = new RelayedDebugger(TAB, import.meta.hot);
const turns = new MessageTurns();
const settings = readSettings(undefined);
const capture: TabCapture = new TabCapture(TAB, {
  debugger: api,
  send: (batch) => engine.postMessage({ type: "batch", batch }, [batch.times.buffer, batch.connections.buffer, batch.bits.buffer, batch.lengths.buffer, batch.payload.buffer]),
  onState: () => views.tell(state()),
  onSilent: () => views.tell(state()),
  onUncertainWorkers: () => {},
  onOpensTabs: () => views.tell(state()),
  onRules: () => {},
    onMessageRules: () => {},
  soon: (callback) => turns.soon(callback),
  drawName: () => crypto.randomUUID().replaceAll("-", ""),
  now: () => performance.timeOrigin + performance.now(),
  later: (callback, milliseconds) => setTimeout(callback, milliseconds),
  settings: () => settings,
  sessions: fakeSessions(),
  observerNames: () => ({ binding: "_closings", secret: "secret", off: "off" }),
  lease: { hold: () => {}, release: () => {}, detach: () => api.detach({ tabId: TAB }), settled: () => Promise.resolve() },
});
engine.listen({
  batchDone: (done) => capture.batchDone(done),
  stateChanged: () => views.tell(state()),
  replaced: () => {
    capture.engineReplaced();
    views.rewire();
  },
});

const state = (): FromCapture => ({ type: "capture", capture: withEngine(engine.state, capture.state), silent: capture.silent, opensTabs: capture.opensTabs, abilities: [] });
function receive(message: ToCapture): void {
  if (message.type === "pause") capture.pause();
  else if (message.type === "resume") void capture.resume();
  else if (message.type === "reload page") capture.reloadPage();
  else if (message.type === "find silent sockets") void capture.findSilent();
}
const views: ViewHost = new ViewHost(engine, { get told() { return [state()]; }, receive }, faults);

const root = document.getElementById("root");
if (root === null) throw new Error("live.html has no #root.");
openPanel(root, { sessions: new Sessions({ openCapture: () => Promise.resolve(), dropped: droppedFiles() }) });
views.connect(window);
void capture.start();
