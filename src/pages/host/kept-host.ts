import { captureStart } from "../../model/capture-id.ts";
import { formatDay, formatMinute } from "../../panel/figures/figures.ts";
import { followSettings } from "./follow-settings.ts";
import { ViewHost, type EngineThread } from "./view-host.ts";

/** What a kept capture is called where nothing but its id is known. */
export function wordsOfCapture(id: string): string {
  const startedAt = captureStart(id);
  return startedAt === undefined ? "a kept capture" : `a capture of ${formatDay(startedAt)}, ${formatMinute(startedAt)}`;
}

/** Wires an engine that shows a kept capture to views; nothing is captured. */
export function hostKept(id: string, engine: EngineThread): ViewHost {
  const what = wordsOfCapture(id);
  void followSettings(engine);
  // Pins and notes of the last moment are written.
  addEventListener("pagehide", () => engine.postMessage({ type: "end" }, []));
  return new ViewHost(engine, { told: [{ type: "capture", capture: { state: "kept", what }, abilities: [] }], receive: () => {} });
}
