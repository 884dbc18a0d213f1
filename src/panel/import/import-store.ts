import { createStore, type StoreApi } from "zustand/vanilla";
import type { ImportedCapture, ImportProgress } from "../../contract/files.ts";
import { toldBy } from "../told-by.ts";
import type { Told } from "../../model/said.ts";
import type { Running } from "../engine-client.ts";
import type { PanelSession } from "../state/panel-session.ts";

/** What became of a file. */
export type ImportOutcome = { readonly key: number; readonly name: string } & ({ readonly imported: ImportedCapture } | { readonly why: Told });

export interface ImportState {
  /** The file that is read now, and how many wait behind it; null while none is. `progress`: null until the engine tells how far it is. */
  readonly running: { readonly name: string; readonly waiting: number; readonly progress: ImportProgress | null } | null;
  /** Of the files that were chosen last, in their order. */
  readonly outcomes: readonly ImportOutcome[];
  /** The outcomes are shown. */
  readonly isOpen: boolean;
}

/** Files that become captures, one after another. */
export class ImportStore {
  readonly store: StoreApi<ImportState> = createStore<ImportState>(() => ({ running: null, outcomes: [], isOpen: false }));
  readonly #session: PanelSession;
  readonly #waiting: File[] = [];
  #call: Running<"importFile"> | undefined;
  /** Asks for files, as only an element of the page can. */
  #ask: (() => void) | undefined;

  constructor(session: PanelSession) {
    this.#session = session;
  }

  /** `ask`: from now on what `choose` does; undefined: nothing. */
  setAsk(ask: (() => void) | undefined): void {
    this.#ask = ask;
  }

  /** Lets the user choose files. */
  choose(): void {
    this.#ask?.();
  }

  /** Imports these, behind those that are under way. One that is whole is opened; of several, or of what was not, a list says more. */
  async add(files: readonly File[]): Promise<void> {
    this.#waiting.push(...files);
    if (files.length === 0 || this.store.getState().running !== null) return;
    this.store.setState({ outcomes: [], isOpen: false });
    for (let file = this.#waiting.shift(); file !== undefined; file = this.#waiting.shift()) await this.#import(file);
    this.store.setState({ running: null });
    const { outcomes } = this.store.getState();
    const [only] = outcomes;
    if (only === undefined) return;
    if (outcomes.length === 1 && "imported" in only && only.imported.problems.length === 0) void this.open(only.imported);
    else this.store.setState({ isOpen: true });
  }

  /** Ends the one that is read, and those that wait; nothing of them stays. */
  cancel(): void {
    this.#waiting.length = 0;
    const call = this.#call;
    this.#call = undefined;
    call?.cancel();
  }

  close(): void {
    this.store.setState({ isOpen: false });
  }

  /** Shows it in a page of its own. */
  open({ capture }: ImportedCapture): Promise<unknown> {
    return this.#session.captures.showImported(capture);
  }

  async #import(file: File): Promise<void> {
    const { name } = file;
    const tell = (progress: ImportProgress | null): void => this.store.setState({ running: { name, waiting: this.#waiting.length, progress } });
    tell(null);
    const { engine } = this.#session;
    const onLate = ({ capture }: ImportedCapture): void => void engine.call("deleteCapture", { capture }).catch(() => undefined);
    const call = engine.run("importFile", { file }, { onProgress: tell, onLate });
    this.#call = call;
    try {
      const imported = await call.answer;
      this.#add((key) => ({ key, name, imported }));
    } catch (problem) {
      if (this.#call === call) this.#add((key) => ({ key, name, why: toldBy(problem) }));
    }
  }

  #add(outcome: (key: number) => ImportOutcome): void {
    this.store.setState(({ outcomes }) => ({ outcomes: [...outcomes, outcome(outcomes.length)] }));
  }
}

const STORES = new WeakMap<PanelSession, ImportStore>();

/** The session's: made when it is first asked for, since the first paint has no need of it. */
export function importsOf(session: PanelSession): ImportStore {
  const known = STORES.get(session) ?? new ImportStore(session);
  STORES.set(session, known);
  return known;
}
