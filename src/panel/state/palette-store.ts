import { createStore, type StoreApi } from "zustand/vanilla";

export interface PaletteState {
  readonly open: "actions" | "shortcuts" | null;
  readonly wasOpen: boolean;
  /** Has the focus again once it is closed. */
  readonly from: HTMLElement | null;
}

/** Whether all that one can do is listed over the screen, or all keys. */
export class PaletteStore {
  readonly store: StoreApi<PaletteState> = createStore<PaletteState>(() => ({ open: null, wasOpen: false, from: null }));

  show(open: "actions" | "shortcuts"): void {
    const from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.store.setState((state) => ({ open, wasOpen: true, from: state.open === null ? from : state.from }));
  }

  close(): void {
    this.store.setState({ open: null });
  }
}
