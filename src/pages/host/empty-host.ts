import type { FromCapture, ToCapture } from "../../contract/capturing.ts";
import type { Told } from "../../model/said.ts";
import type { TabList } from "./tab-list.ts";
import type { Faults } from "../../model/faults.ts";
import type { EngineThread } from "./engine-supervisor.ts";
import { ViewHost } from "./view-host.ts";

/** A view of no capture: `why` says why there is none, and the tabs are there to choose from. */
export function hostNothing({ engine, why, tabs, faults }: { readonly engine: EngineThread; readonly why: Told; readonly tabs: TabList; readonly faults: Faults }): ViewHost {
  const state: FromCapture = { type: "capture", capture: { state: "stopped", why, canResume: false }, silent: "none", opensTabs: false, abilities: ["choose tab"] };
  const views = new ViewHost(engine, {
    get told() {
      return [state, tabs.told];
    },
    receive: (message: ToCapture) => {
      if (message.type === "list tabs") void tabs.refresh();
      else if (message.type === "choose tab") tabs.choose(message.tabId);
      else if (message.type === "choose no page") tabs.chooseNoPage();
    },
  }, faults);
  engine.listen({ stateChanged: () => {}, replaced: () => views.rewire() });
  tabs.listen((message) => views.tell(message));
  return views;
}
