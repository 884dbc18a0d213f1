import { loadSpeaker } from "../../src/words/languages.ts";

/** Those who speak, for tests of what is shown. */
export const en = await loadSpeaker("en");
export const zh = await loadSpeaker("zh_CN");
