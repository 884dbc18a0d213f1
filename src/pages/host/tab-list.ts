import { canCapture } from "../../capture/attach/open-tabs.ts";
import type { FromCapture } from "../../contract/capturing.ts";
import type { BrowserTab } from "../../model/browser-tab.ts";

export interface TabListEdges {
  /** All tabs of the browser, in the order of its windows. */
  readonly list: () => Promise<readonly BrowserTab[]>;
  /** Captures another tab instead. */
  readonly choose: (tabId: number) => void;
  /** Captures a page of ours instead, from which connections without a page are opened. */
  readonly chooseNoPage: () => void;
  /** The captured tab was seen, perhaps with another page in it. */
  readonly seen: (captured: BrowserTab) => void;
}

/** The tabs that a view can choose from, and the one that its page captures. */
export class TabList {
  readonly #tabId: number | null;
  readonly #edges: TabListEdges;
  #tabs: readonly BrowserTab[] = [];
  #captured: BrowserTab | null = null;
  #tell: (message: FromCapture) => void = () => {};
  #reading: Promise<void> | null = null;
  #isOld = false;

  constructor(tabId: number | null, edges: TabListEdges) {
    this.#tabId = tabId;
    this.#edges = edges;
  }

  /** As it was last seen: also once it is closed. */
  get captured(): BrowserTab | null {
    return this.#captured;
  }

  get told(): FromCapture {
    return { type: "tabs", tabs: this.#tabs, captured: this.#captured };
  }

  listen(tell: (message: FromCapture) => void): void {
    this.#tell = tell;
  }

  /** Reads the tabs anew. However often it is called, one reading is under way at a time. */
  refresh(): Promise<void> {
    this.#isOld = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    return this.#reading;
  }

  choose(tabId: number): void {
    this.#edges.choose(tabId);
  }

  chooseNoPage(): void {
    this.#edges.chooseNoPage();
  }

  async #read(): Promise<void> {
    while (this.#isOld) {
      this.#isOld = false;
      const all = await this.#edges.list().catch(() => undefined);
      // Where Chrome does not tell, the list stays as it was.
      if (all === undefined) return;
      this.#tabs = all.filter(({ url }) => canCapture(url));
      this.#captured = all.find(({ id }) => id === this.#tabId) ?? this.#captured;
      this.#tell(this.told);
      if (this.#captured !== null) this.#edges.seen(this.#captured);
    }
  }
}
