import type { ToEngine } from "../../contract/wire.ts";
import { readSettings, SETTINGS_KEY, type Settings } from "../../model/settings.ts";
import type { EngineThread } from "./engine-supervisor.ts";
import { chooseLanguage } from "../../words/languages.ts";

const MEBIBYTE = 2 ** 20;

/** What the settings let an engine hold in memory and keep on disk. */
const limitsOf = ({ memoryBudget, keptCaptures, keptSize }: Settings): ToEngine => ({
  type: "limits",
  budget: memoryBudget * MEBIBYTE,
  bounds: { captures: keptCaptures, bytes: keptSize * MEBIBYTE },
});

/**
 * Tells the settings as they are in storage, and each time that they change: an engine its limits and its language, `taken` all of them.
 * Resolves with the first, once both have heard of them; never rejects.
 */
export async function followSettings(engine: EngineThread, taken: (settings: Settings) => void = () => {}): Promise<Settings> {
  const take = (stored: unknown): Settings => {
    const settings = readSettings(stored);
    taken(settings);
    engine.postMessage(limitsOf(settings), []);
    engine.postMessage({ type: "language", language: chooseLanguage(settings.language, [chrome.i18n.getUILanguage()]) }, []);
    return settings;
  };
  chrome.storage.local.onChanged.addListener((changes) => {
    const change = changes[SETTINGS_KEY];
    if (change !== undefined) take(change.newValue);
  });
  const stored = await chrome.storage.local.get(SETTINGS_KEY).catch(() => ({}));
  return take((stored as Record<string, unknown>)[SETTINGS_KEY]);
}
