import type { FromCapture } from "../../contract/capturing.ts";
import { captureStart } from "../../model/capture-id.ts";
import { say, type Said } from "../../model/said.ts";
import { followSettings } from "./follow-settings.ts";
import type { Faults } from "../../model/faults.ts";
import type { EngineThread } from "./engine-supervisor.ts";
import { ViewHost, withEngine } from "./view-host.ts";

/** What a kept capture is called where nothing but its id is known. */
export function nameByStart(id: string): Said {
  const at = captureStart(id);
  return at === undefined ? say("pages.saved-capture") : say("pages.saved-capture-of", { at });
}

/** Wires an engine that shows a kept capture to views; nothing is captured. */
export function hostKept(id: string, engine: EngineThread, faults: Faults): ViewHost {
  const what = nameByStart(id);
  void followSettings(engine);
  // Pins and notes of the last moment are written.
  addEventListener("pagehide", () => engine.postMessage({ type: "end" }, []));
  const state = (): FromCapture => ({ type: "capture", capture: withEngine(engine.state, { state: "kept", what }), silent: "none", opensTabs: false, abilities: [] });
  const views = new ViewHost(
    engine,
    {
      get told() {
        return [state()];
      },
      receive: ({ type }) => type === "resume" && engine.startAgain(),
    },
    faults,
  );
  engine.listen({ stateChanged: () => views.tell(state()), replaced: () => views.rewire() });
  return views;
}
