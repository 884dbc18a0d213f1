import { createStore, type StoreApi } from "zustand/vanilla";
import { DEFAULT_SETTINGS, readSettings, SETTINGS_KEY, type Settings } from "../../model/settings.ts";

/** The part of chrome.storage that settings need. */
export interface SettingsArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  readonly onChanged: {
    addListener(changed: (changes: Record<string, { newValue?: unknown }>) => void): void;
    removeListener(changed: (changes: Record<string, { newValue?: unknown }>) => void): void;
  };
}

/** The user's settings, one copy for all pages of the extension. */
export class SettingsStore {
  readonly store: StoreApi<Settings> = createStore<Settings>(() => DEFAULT_SETTINGS);
  readonly #area: SettingsArea;
  readonly #changed = (changes: Record<string, { newValue?: unknown }>): void => {
    if (SETTINGS_KEY in changes) this.store.setState(readSettings(changes[SETTINGS_KEY]?.newValue), true);
  };

  constructor(area: SettingsArea) {
    this.#area = area;
  }

  async begin(): Promise<void> {
    this.#area.onChanged.addListener(this.#changed);
    this.store.setState(readSettings((await this.#area.get(SETTINGS_KEY))[SETTINGS_KEY]), true);
  }

  change(part: Partial<Settings>): void {
    this.store.setState(readSettings({ ...this.store.getState(), ...part }), true);
    void this.#area.set({ [SETTINGS_KEY]: this.store.getState() });
  }

  end(): void {
    this.#area.onChanged.removeListener(this.#changed);
  }
}
