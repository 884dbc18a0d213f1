import { say } from "../../model/said.ts";
import { hostNothing } from "../host/empty-host.ts";
import { hostKept } from "../host/kept-host.ts";
import { hostTab } from "../host/tab-host.ts";
import type { TabList } from "../host/tab-list.ts";
import type { EngineThread } from "../host/engine-supervisor.ts";
import type { ViewHost } from "../host/view-host.ts";
import type { Faults } from "../../model/faults.ts";
import { isOwnPlace, type AppAddress } from "./app-address.ts";

export interface AppParts {
  readonly address: AppAddress;
  readonly engine: EngineThread;
  /** Bugs that show in what this page does beside the view. */
  readonly faults: Faults;
  readonly tabs: TabList;
  /** Whether the browser has a tab of this number. */
  readonly hasTab: (tabId: number) => Promise<boolean>;
  /** Of this extension's own pages. */
  readonly origin: string;
}

/** What the address asks for: a running capture of its tab, a kept one, or a sentence on why there is none. */
export async function hostApp({ address, engine, faults, tabs, hasTab, origin }: AppParts): Promise<ViewHost> {
  if (address.type === "capture") return hostKept(address.id, engine, faults);
  const [, exists] = await Promise.all([tabs.refresh(), address.type === "tab" && hasTab(address.tabId)]);
  if (address.type === "none") return hostNothing({ engine, faults, why: address.why, tabs });
  if (!exists) return hostNothing({ engine, faults, why: say("pages.tab-closed"), tabs });
  const shown = tabs.captured?.url ?? "";
  const isPlace = isOwnPlace(shown, origin);
  if (!isPlace && URL.parse(shown)?.origin === origin) {
    return hostNothing({ engine, faults, why: say("pages.own-tab"), tabs });
  }
  const { start, views } = hostTab({ tabId: address.tabId, engine, faults, tabs, isOwnPlace: isPlace });
  void start();
  return views;
}
