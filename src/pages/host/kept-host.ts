import { captureStart } from "../../model/capture-id.ts";
import { readSettings, SETTINGS_KEY } from "../../model/settings.ts";
import { formatDay, formatMinute } from "../../panel/figures/figures.ts";
import { limitsOf } from "./limits.ts";
import { ViewHost, type EngineThread } from "./view-host.ts";

/** What a kept capture is called where nothing but its id is known. */
export function wordsOfCapture(id: string): string {
  const startedAt = captureStart(id);
  return startedAt === undefined ? "a kept capture" : `a capture of ${formatDay(startedAt)}, ${formatMinute(startedAt)}`;
}

/** Wires an engine that shows a kept capture to views; nothing is captured. */
export function hostKept(id: string, engine: EngineThread): ViewHost {
  const what = wordsOfCapture(id);
  const takeSettings = (stored: unknown): void => engine.postMessage(limitsOf(readSettings(stored)), []);
  chrome.storage.local.onChanged.addListener((changes) => {
    const change = changes[SETTINGS_KEY];
    if (change !== undefined) takeSettings(change.newValue);
  });
  void chrome.storage.local.get(SETTINGS_KEY).then((stored) => takeSettings(stored[SETTINGS_KEY]));
  // Pins and notes of the last moment are written.
  addEventListener("pagehide", () => engine.postMessage({ type: "end" }, []));
  return new ViewHost(engine, { told: [{ type: "capture", capture: { state: "kept", what }, abilities: [] }], receive: () => {} });
}
