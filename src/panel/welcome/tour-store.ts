import { createStore, type StoreApi } from "zustand/vanilla";
import type { PanelSession } from "../state/panel-session.ts";
import { TOUR_STEPS } from "./tour-steps.ts";

export interface TourState {
  /** Which step is shown; null: none. */
  readonly step: number | null;
  /** Has the focus again once the tour is left. */
  readonly from: HTMLElement | null;
}

/** Where the tour is. */
export class TourStore {
  readonly store: StoreApi<TourState> = createStore<TourState>(() => ({ step: null, from: null }));

  begin(from: HTMLElement | null): void {
    this.store.setState({ step: 0, from });
  }

  /** Behind the last step it ends. */
  go(by: 1 | -1): void {
    const { step } = this.store.getState();
    if (step === null) return;
    const next = Math.max(0, step + by);
    if (next < TOUR_STEPS.length) this.store.setState({ step: next });
    else this.leave();
  }

  leave(): void {
    const { from } = this.store.getState();
    this.store.setState({ step: null, from: null });
    from?.focus();
  }
}

const STORES = new WeakMap<PanelSession, TourStore>();

/** The session's: made when it is first asked for, since the first paint has no need of it. */
export function tourOf(session: PanelSession): TourStore {
  const known = STORES.get(session) ?? new TourStore();
  STORES.set(session, known);
  return known;
}
