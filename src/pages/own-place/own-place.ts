import { readSettings, SETTINGS_KEY } from "../../model/settings.ts";
import { chooseLanguage, loadSpeaker } from "../../words/languages.ts";

const { [SETTINGS_KEY]: settings } = await chrome.storage.local.get(SETTINGS_KEY);
const { tag, words } = await loadSpeaker(chooseLanguage(readSettings(settings).language, [chrome.i18n.getUILanguage()]));
document.documentElement.lang = tag;
document.title = words("pages.own-place");
const about = document.getElementById("about");
if (about !== null) about.textContent = words("pages.own-place-about", { origin: location.origin });

// Chrome must not put this page away to save memory: its connections would end.
const own = await chrome.tabs.getCurrent();
if (own?.id !== undefined) await chrome.tabs.update(own.id, { autoDiscardable: false });
