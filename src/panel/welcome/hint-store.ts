import { createStore, type StoreApi } from "zustand/vanilla";
import type { PanelSession } from "../state/panel-session.ts";

const HINTS_KEY = "hints";

/** Whether the hint is still to be given: until it was closed once, in any capture. */
export class HintStore {
  readonly store: StoreApi<{ readonly isDue: boolean }> = createStore(() => ({ isDue: false }));
  readonly #session: PanelSession;

  constructor(session: PanelSession) {
    this.#session = session;
    void this.#begin();
  }

  close(): void {
    this.store.setState({ isDue: false });
    void this.#session.area.set({ [HINTS_KEY]: "seen" });
  }

  async #begin(): Promise<void> {
    const { [HINTS_KEY]: kept } = await this.#session.area.get(HINTS_KEY);
    this.store.setState({ isDue: kept !== "seen" });
  }
}

const STORES = new WeakMap<PanelSession, HintStore>();

/** The session's: made when it is first asked for. */
export function hintOf(session: PanelSession): HintStore {
  const known = STORES.get(session) ?? new HintStore(session);
  STORES.set(session, known);
  return known;
}
