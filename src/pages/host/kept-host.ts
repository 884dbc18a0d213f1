import { captureStart } from "../../model/capture-id.ts";
import { say, type Said } from "../../model/said.ts";
import { followSettings } from "./follow-settings.ts";
import { ViewHost, type EngineThread } from "./view-host.ts";

/** What a kept capture is called where nothing but its id is known. */
export function nameByStart(id: string): Said {
  const at = captureStart(id);
  return at === undefined ? say("pages.saved-capture") : say("pages.saved-capture-of", { at });
}

/** Wires an engine that shows a kept capture to views; nothing is captured. */
export function hostKept(id: string, engine: EngineThread): ViewHost {
  void followSettings(engine);
  // Pins and notes of the last moment are written.
  addEventListener("pagehide", () => engine.postMessage({ type: "end" }, []));
  return new ViewHost(engine, { told: [{ type: "capture", capture: { state: "kept", what: nameByStart(id) }, silent: "none", abilities: [] }], receive: () => {} });
}
