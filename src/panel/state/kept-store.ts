import { createStore, type StoreApi } from "zustand/vanilla";

/** The part of chrome.storage that the view needs. */
export interface StorageArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  readonly onChanged: {
    addListener(changed: (changes: Record<string, { newValue?: unknown }>) => void): void;
    removeListener(changed: (changes: Record<string, { newValue?: unknown }>) => void): void;
  };
}

/** A value that outlives the panel: one copy for all pages of the extension. */
export class KeptStore<Value extends object> {
  readonly store: StoreApi<Value>;
  readonly #area: StorageArea;
  readonly #key: string;
  readonly #read: (stored: unknown) => Value;
  readonly #changed = (changes: Record<string, { newValue?: unknown }>): void => {
    if (this.#key in changes) this.#take(changes[this.#key]?.newValue);
  };

  /** `read` makes a valid value of whatever is in storage: nothing, or what another version wrote. */
  constructor(area: StorageArea, key: string, read: (stored: unknown) => Value) {
    this.#area = area;
    this.#key = key;
    this.#read = read;
    this.store = createStore<Value>(() => read(undefined));
  }

  async begin(): Promise<void> {
    this.#area.onChanged.addListener(this.#changed);
    this.#take((await this.#area.get(this.#key))[this.#key]);
  }

  /** Shows a value that is still being chosen: it is not kept. */
  show(part: Partial<Value>): void {
    this.store.setState(this.#read({ ...this.store.getState(), ...part }), true);
  }

  change(part: Partial<Value>): void {
    const value = this.#read({ ...this.store.getState(), ...part });
    this.store.setState(value, true);
    void this.#area.set({ [this.#key]: value });
  }

  end(): void {
    this.#area.onChanged.removeListener(this.#changed);
  }

  #take(stored: unknown): void {
    const value = this.#read(stored);
    // What this page wrote itself comes back as a change.
    if (JSON.stringify(value) !== JSON.stringify(this.store.getState())) this.store.setState(value, true);
  }
}
