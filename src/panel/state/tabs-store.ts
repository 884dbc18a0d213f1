import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrowserTab } from "../../model/browser-tab.ts";
import type { CaptureClient } from "../capture-client.ts";

export interface TabsState {
  /** As they were when last asked for. */
  readonly tabs: readonly BrowserTab[];
  readonly captured: BrowserTab | null;
  /** The list is open over the screen. */
  readonly isOpen: boolean;
}

/** The tabs that could be captured instead of the one that is. */
export class TabsStore {
  readonly store: StoreApi<TabsState> = createStore<TabsState>(() => ({ tabs: [], captured: null, isOpen: false }));
  readonly #capture: CaptureClient;

  constructor(capture: CaptureClient) {
    this.#capture = capture;
  }

  told(tabs: readonly BrowserTab[], captured: BrowserTab | null): void {
    this.store.setState({ tabs, captured });
  }

  /** Opens or closes the list; what it shows is asked for anew each time. */
  setOpen(isOpen: boolean): void {
    if (isOpen) this.#capture.listTabs();
    this.store.setState({ isOpen });
  }

  /** Captures another tab instead; the page begins anew for it. */
  choose(tabId: number): void {
    if (tabId !== this.store.getState().captured?.id) this.#capture.chooseTab(tabId);
  }

  /** Captures a page of ours instead, from which connections without a page are opened. */
  chooseNoPage(): void {
    this.#capture.chooseNoPage();
  }
}
