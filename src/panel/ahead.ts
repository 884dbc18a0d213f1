import { AUTO_LANGUAGE, readSettings, SETTINGS_KEY } from "../model/settings.ts";
import { chooseLanguage, loadFirstWords, type LanguageId } from "../words/languages.ts";
import { COLUMNS_KEY, FILTERS_KEY, PANE_SIZES_KEY } from "./state/kept-keys.ts";
import { findFonts } from "./fonts-ahead.ts";
import type { StorageArea } from "./state/kept-store.ts";
import { readAhead } from "./state/read-ahead.ts";

/** The language set, else that of the browser's own menus, which DevTools speaks too. */
export const languageOf = (language: string = AUTO_LANGUAGE): LanguageId => chooseLanguage(language, [chrome.i18n.getUILanguage()]);

let kept: StorageArea | undefined;

/**
 * What outlives the panel: chrome.storage.local. The first call begins to read what the first screen needs of it, and loads
 * its words and their fonts.
 */
export function keptArea(): StorageArea {
  if (kept !== undefined) return kept;
  kept = readAhead(chrome.storage.local, [SETTINGS_KEY, FILTERS_KEY, COLUMNS_KEY, PANE_SIZES_KEY]);
  // What fails here fails again where it is told.
  loadWords(kept).catch(() => undefined);
  return kept;
}

async function loadWords(area: StorageArea): Promise<void> {
  const { [SETTINGS_KEY]: settings } = await area.get(SETTINGS_KEY);
  const { tag, texts } = await loadFirstWords(languageOf(readSettings(settings).language));
  // Before anything is drawn: in another language all of it would be laid out twice, each in its fonts.
  document.documentElement.lang = tag;
  // One text, while the script that draws is still parsed; where the panel is loaded unseen there is time for all.
  await findFonts(tag, innerWidth > 0 ? texts.slice(0, 1) : texts);
}
