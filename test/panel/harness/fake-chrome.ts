import type { StorageArea } from "../../../src/panel/state/kept-store.ts";

/** The parts of `chrome` that the panel uses, for a page that is no extension. */
export function installFakeChrome(theme: "dark" | "default", language: string): void {
  const kept = new Map<string, unknown>();
  const local: StorageArea = {
    get: (key) => Promise.resolve({ [key]: kept.get(key) }),
    set: (items) => {
      for (const [key, value] of Object.entries(items)) kept.set(key, value);
      return Promise.resolve();
    },
    onChanged: { addListener: () => undefined, removeListener: () => undefined },
  };
  Object.assign(globalThis, {
    chrome: { storage: { local }, i18n: { getUILanguage: () => language }, devtools: { panels: { themeName: theme, setThemeChangeHandler: () => undefined } } },
  });
}
