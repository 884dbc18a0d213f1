import { createStore, type StoreApi } from "zustand/vanilla";
import type { KeptCapture } from "../../contract/captures.ts";
import { toldBy } from "../told-by.ts";
import { say, type Said, type Told } from "../../model/said.ts";
import type { EngineClient } from "../engine-client.ts";
import type { ChosenForm, ExportStore } from "./export-store.ts";

export interface CapturesState {
  readonly isOpen: boolean;
  /** Null until the engine answered. */
  readonly list: readonly KeptCapture[] | null;
  /** Why the list could not be read, or what was asked could not be done. */
  readonly problem: Said | null;
}

/** The user's name for the kept capture that this page shows; empty where it has none. */
export const openName = (list: readonly KeptCapture[]): string => list.find(({ state }) => state === "open here")?.name ?? "";

/** What a capture is called: the user's name for it, else its page; empty where it has neither. */
export const captureTitle = ({ name, page }: KeptCapture): string => name || page;

/** While the list is open, captures that run grow in it; so long after one answer the next is asked for. */
const REFRESH_MS = 2000;

/** The captures on this disk: a list that is read when it is looked at, and what can be done with each. */
export class CapturesStore {
  readonly store: StoreApi<CapturesState> = createStore<CapturesState>(() => ({ isOpen: false, list: null, problem: null }));
  readonly #engine: EngineClient;
  readonly #exports: ExportStore;
  readonly #openCapture: (id: string) => Promise<unknown>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading: Promise<void> | null = null;
  #isOld = false;
  /** No list was read yet. */
  #isFirst = true;

  /** `openCapture` shows a capture in a page of its own. */
  constructor(engine: EngineClient, exports: ExportStore, openCapture: (id: string) => Promise<unknown>) {
    this.#engine = engine;
    this.#exports = exports;
    this.#openCapture = openCapture;
  }

  open(): void {
    this.store.setState({ isOpen: true, problem: null });
    void this.#keepFresh();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.store.setState({ isOpen: false });
  }

  /**
   * Reads the list as it is now; where that fails, the one of before stays. However often it is called, one reading is
   * under way: a long one costs the engine that records.
   */
  refresh(): Promise<void> {
    this.#isOld = true;
    this.#reading ??= this.#read();
    return this.#reading;
  }

  show(capture: KeptCapture): Promise<void> {
    return this.#do((why) => say("captures.open-failed", { title: captureTitle(capture) || say("captures.no-page"), why }), async () => {
      // What is on the disk can be read, whether or not it can be noted there that it was seen.
      await this.#engine.call("dismissCapture", { capture: capture.id }).catch(() => {});
      await this.#openCapture(capture.id);
    });
  }

  /** Of a file that has just become it. */
  showImported(id: string): Promise<unknown> {
    return this.#openCapture(id);
  }

  dismiss(capture: KeptCapture): Promise<void> {
    return this.#do((why) => say("captures.dismiss-failed", { why }), () => this.#engine.call("dismissCapture", { capture: capture.id }));
  }

  rename(capture: KeptCapture, name: string): Promise<void> {
    return this.#do((why) => say("captures.rename-failed", { why }), () => this.#engine.call("renameCapture", { capture: capture.id, name }));
  }

  remove(capture: KeptCapture): Promise<void> {
    return this.#do((why) => say("captures.delete-failed", { why }), () => this.#engine.call("deleteCapture", { capture: capture.id }));
  }

  /** How it goes is told by the status `Export`. */
  export(capture: KeptCapture, form: ChosenForm): Promise<void> {
    return this.#exports.runCapture(capture.id, form);
  }

  end(): void {
    this.close();
  }

  async #keepFresh(): Promise<void> {
    await this.refresh();
    clearTimeout(this.#timer);
    if (this.store.getState().isOpen) this.#timer = setTimeout(() => void this.#keepFresh(), REFRESH_MS);
  }

  async #read(): Promise<void> {
    while (this.#isOld) {
      this.#isOld = false;
      try {
        const list: KeptCapture[] = [];
        const onPiece = (capture: KeptCapture): void => {
          list.push(capture);
          // The first list fills as it is counted; a later one takes its place when it is whole.
          if (this.#isFirst) this.store.setState({ list: [...list] });
        };
        await this.#engine.run("captures", null, { onPiece }).answer;
        this.#isFirst = false;
        this.store.setState({ list });
      } catch (problem) {
        this.store.setState({ problem: say("captures.list-failed", { why: toldBy(problem) }) });
      }
    }
    this.#reading = null;
  }

  async #do(failed: (why: Told) => Said, what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
      this.store.setState({ problem: null });
    } catch (problem) {
      this.store.setState({ problem: failed(toldBy(problem)) });
    }
    await this.refresh();
  }
}
