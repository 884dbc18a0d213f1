import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConnectionRow } from "../../engine/contract.ts";
import type { EngineClient } from "../engine-client.ts";

export interface ConnectionsState {
  readonly rows: readonly ConnectionRow[];
  /** A page that connects again and again would bury its open sockets under those that are over. */
  readonly hidesEnded: boolean;
}

/** Counts and rates change with every frame; a person reads them a few times a second. */
const REFRESH_EVERY = 300;
/** A list of very many connections takes long to read: it rests so many times as long. */
const RESTS = 20;

/** The connection list, read again after a change of the log: counts and rates change with it, not only the list. */
export class ConnectionsStore {
  readonly store: StoreApi<ConnectionsState> = createStore<ConnectionsState>(() => ({ rows: [], hidesEnded: false }));
  readonly #engine: EngineClient;
  #isOld = false;
  #isBusy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  changed(): void {
    this.#isOld = true;
    if (!this.#isBusy && this.#timer === undefined) void this.#refresh();
  }

  hideEnded(hidesEnded: boolean): void {
    this.store.setState({ hidesEnded });
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  async #refresh(): Promise<void> {
    if (!this.#isOld) return;
    this.#isOld = false;
    this.#isBusy = true;
    const began = performance.now();
    try {
      this.store.setState({ rows: await this.#engine.call("connections", null) });
    } catch {
      // The list stays as it was; the next change asks again.
    }
    this.#isBusy = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, Math.max(REFRESH_EVERY, RESTS * (performance.now() - began)));
  }
}
