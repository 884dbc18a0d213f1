/**
 * The panel in an ordinary page. What it shows is set by the address:
 * `?rows=10000000&rate=5000&theme=dark&capture=stopped&connections=300&storage=memory only&lost=3&tabs=120&language=zh-CN`
 */
import type { CaptureState, FromCapture, ToCapture } from "../../../src/contract/capturing.ts";
import { CONTRACT_VERSION, type PanelWires } from "../../../src/contract/wire.ts";
import { openPanel } from "../../../src/panel/open-panel.tsx";
import { droppedFiles } from "../../../src/panel/import/dropped-files.ts";
import { Sessions } from "../../../src/panel/sessions.ts";
import { installFakeChrome } from "./fake-chrome.ts";
import { FakeEngine } from "./fake-engine.ts";
import { tabAt } from "./made-up-tabs.ts";

const asked = new URLSearchParams(location.search);
installFakeChrome(asked.get("theme") === "dark" ? "dark" : "default", asked.get("language") ?? "en");

const engine = new MessageChannel();
const capture = new MessageChannel();
const state = asked.get("capture") ?? "capturing";

const fake = new FakeEngine(engine.port1, {
  rows: Number(asked.get("rows") ?? 20_000),
  rate: Number(asked.get("rate") ?? 0),
  connections: Number(asked.get("connections") ?? 0),
  storage: asked.get("storage") === "memory only" ? "memory only" : "saving",
  lost: Number(asked.get("lost") ?? 0),
});
fake.begin();

/** As the app page's, where there are any. */
const tabs = Array.from({ length: Number(asked.get("tabs") ?? 0) }, (_, i) => tabAt(i));
let captured = tabs[0] ?? null;
const say = (message: FromCapture): void => capture.port1.postMessage(message);
const tell = (now: CaptureState): void => say({ type: "capture", capture: now, silent: asked.has("silent") ? "perhaps" : "none", opensTabs: asked.has("opens-tabs"), abilities: captured === null ? [] : ["choose tab"] });
say({ type: "tabs", tabs, captured });
tell(
  state === "stopped"
    ? { state, why: "The debugging bar was closed. Press Resume to capture again.", canResume: true }
    : state === "refused"
      ? { state: "stopped", why: "Chrome lets no extension look into its own pages. Open another page.", canResume: false }
      : { state: state as "capturing" },
);
capture.port1.onmessage = ({ data }: MessageEvent<ToCapture>) => {
  if (data.type === "pause" || data.type === "resume") tell(data.type === "pause" ? { state: "paused", passed: 0 } : { state: "capturing" });
  if (data.type === "choose tab") captured = tabs.find(({ id }) => id === data.tabId) ?? captured;
  if (data.type === "list tabs" || data.type === "choose tab") say({ type: "tabs", tabs, captured });
};

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");
openPanel(root, { sessions: new Sessions({ openCapture: () => Promise.resolve(), dropped: droppedFiles() }) });
const wires: PanelWires = {
  type: "framescope-wires",
  version: CONTRACT_VERSION,
  engine: engine.port2,
  capture: capture.port2,
};
postMessage(wires, { targetOrigin: location.origin, transfer: [wires.engine, wires.capture] });
