import { readHidden, type HiddenAddress } from "./hidden-address.ts";

export const CONNECTION_GROUPINGS = ["target", "host", "protocol"] as const;
export type ConnectionGrouping = (typeof CONNECTION_GROUPINGS)[number];

/** What the user can set; kept in chrome.storage.local under `SETTINGS_KEY`. */
export interface Settings {
  /** The language of what is shown, by its name in `words/languages.ts`; `AUTO_LANGUAGE`: the browser's. */
  readonly language: string;
  /** What stands together in the list of connections. */
  readonly groupConnections: ConnectionGrouping;
  /** Connections that are not shown. */
  readonly hiddenConnections: readonly HiddenAddress[];
  /** Keep the log when the page navigates. */
  readonly keepLog: boolean;
  /** Begin the capture with DevTools instead of with the first look at the panel. */
  readonly captureWithDevTools: boolean;
  /** Capture the tabs that scripts of this tab open, too. */
  readonly capturePopups: boolean;
  /** Learn close codes and reasons from the page itself. */
  readonly observeClosings: boolean;
  /** Payloads kept in memory before they are read back from disk, in MiB. */
  readonly memoryBudget: number;
  /** Captures kept on disk beside those that run; the oldest go first. */
  readonly keptCaptures: number;
  /** What all captures on disk may take together, in MiB. */
  readonly keptSize: number;
}

export const SETTINGS_KEY = "settings";
export const AUTO_LANGUAGE = "auto";
export const DEFAULT_SETTINGS: Settings = { language: AUTO_LANGUAGE, groupConnections: "target", hiddenConnections: [], keepLog: true, captureWithDevTools: false, capturePopups: false, observeClosings: false, memoryBudget: 256, keptCaptures: 20, keptSize: 2048 };
/** What `memoryBudget` may be. */
export const MEMORY_BUDGET = { least: 16, most: 4096 } as const;
export const KEPT_CAPTURES = { least: 0, most: 200 } as const;
export const KEPT_SIZE = { least: 16, most: 1_048_576 } as const;

/** Settings out of storage, which may be of an older version or absent: each part that is not valid is its default. */
export function readSettings(stored: unknown): Settings {
  const from = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<Record<keyof Settings, unknown>>;
  const { language, groupConnections, hiddenConnections, keepLog, captureWithDevTools, capturePopups, observeClosings, memoryBudget, keptCaptures, keptSize } = from;
  return {
    // Which there are, the catalogues know: one that is not there is the browser's.
    language: typeof language === "string" && /^\w{1,20}$/.test(language) ? language : DEFAULT_SETTINGS.language,
    groupConnections: CONNECTION_GROUPINGS.find((one) => one === groupConnections) ?? DEFAULT_SETTINGS.groupConnections,
    hiddenConnections: readHidden(hiddenConnections),
    keepLog: typeof keepLog === "boolean" ? keepLog : DEFAULT_SETTINGS.keepLog,
    captureWithDevTools:
      typeof captureWithDevTools === "boolean" ? captureWithDevTools : DEFAULT_SETTINGS.captureWithDevTools,
    capturePopups: typeof capturePopups === "boolean" ? capturePopups : DEFAULT_SETTINGS.capturePopups,
    observeClosings: typeof observeClosings === "boolean" ? observeClosings : DEFAULT_SETTINGS.observeClosings,
    memoryBudget: readNumber(memoryBudget, MEMORY_BUDGET, DEFAULT_SETTINGS.memoryBudget),
    keptCaptures: readNumber(keptCaptures, KEPT_CAPTURES, DEFAULT_SETTINGS.keptCaptures),
    keptSize: readNumber(keptSize, KEPT_SIZE, DEFAULT_SETTINGS.keptSize),
  };
}

function readNumber(value: unknown, { least, most }: { readonly least: number; readonly most: number }, otherwise: number): number {
  return typeof value === "number" && value >= least && value <= most ? Math.round(value) : otherwise;
}
