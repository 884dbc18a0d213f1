import { createStore, type StoreApi } from "zustand/vanilla";
import type { ColumnPath } from "../../contract/column-paths.ts";
import type { ExportedFile, ExportForm, ExportProgress, ExportRequest, FoundSecrets } from "../../contract/files.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import type { EngineClient, Heard, Running } from "../engine-client.ts";

export type ExportState =
  | { readonly state: "none" }
  /** The user says which columns there are to be, of all that the format has. */
  | { readonly state: "choosing"; readonly format: string; readonly columns: readonly string[]; readonly chosen: readonly string[] }
  /** `progress`: null until the engine tells how far it is. */
  | { readonly state: "writing"; readonly progress: ExportProgress | null }
  /** Secrets were found: the user says which stay. Nothing is written yet. `format`: the id. */
  | { readonly state: "asking"; readonly format: string; readonly found: readonly FoundSecrets[] }
  | { readonly state: "saved"; readonly file: ExportedFile }
  | { readonly state: "failed"; readonly why: Told };

/** Hands a finished export to the browser to save; resolves once the file may be removed. */
export type SaveFile = (file: ExportedFile) => Promise<{ readonly canDiscard: Promise<void> }>;

/** How long the sentence about a saved file stands in the status bar. */
const SHOWN_FOR = 15_000;

/** What a menu's item stands for. `choosesColumns`: the user is asked for them first. */
export type ChosenForm = Omit<ExportRequest, "scope"> & { readonly choosesColumns?: true };

type Writing = "export" | "exportCapture";

/** The calls that an export is made of. */
interface Steps {
  /** Where there is something to do first. */
  readonly prepare?: (() => Promise<void>) | undefined;
  readonly find: (heard: Heard<"findSecrets">) => Running<"findSecrets">;
  readonly write: (more: Pick<ExportRequest, "keep" | "rows" | "columns">, heard: Heard<Writing>) => Running<Writing>;
}

export class ExportStore {
  readonly store: StoreApi<ExportState> = createStore<ExportState>(() => ({ state: "none" }));
  /** Every way to export. */
  readonly forms: { readonly store: StoreApi<readonly ExportForm[]> } = { store: createStore<readonly ExportForm[]>(() => []) };
  readonly #engine: EngineClient;
  readonly #save: SaveFile;
  readonly #paths: () => readonly ColumnPath[];
  readonly #readAnswers: () => Promise<readonly HttpExchange[]>;
  /** What the user calls secret, wherever it stands: the longest first. */
  hidden: readonly string[] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Running<Writing | "findSecrets"> | undefined;
  /** Before its first call. */
  #isCancelled = false;
  /** Settles the question: what of it is chosen; null: nothing is written. */
  #answer: (chosen: readonly string[] | null) => void = () => {};
  /** The columns that were chosen last, by the format. */
  readonly #columns = new Map<string, readonly string[]>();

  /** `paths`: the columns of the user's own, which are written too. `readAnswers`: DevTools' own log. */
  constructor(engine: EngineClient, save: SaveFile, paths: () => readonly ColumnPath[] = () => [], readAnswers: () => Promise<readonly HttpExchange[]> = async () => []) {
    this.#engine = engine;
    this.#save = save;
    this.#paths = paths;
    this.#readAnswers = readAnswers;
  }

  /** Asks for `forms`, until they are there. */
  askForms(): void {
    if (this.forms.store.getState().length > 0) return;
    this.#engine.call("exportForms", null).then(
      (forms) => this.forms.store.setState(forms, true),
      // The engine has ended; the status bar says so, and whoever opens a menu asks again.
      () => undefined,
    );
  }

  /** Asks which secrets stay, where some are found and not all are to, and writes. */
  run({ scope, ...form }: ChosenForm & Pick<ExportRequest, "scope">): Promise<void> {
    const paths = this.#paths();
    return this.#run(form, paths, {
      prepare: this.#holdsAnswers(form) ? () => this.#keepAnswers() : undefined,
      find: (heard) => this.#engine.run("findSecrets", { capture: null, scope }, heard),
      write: (more, heard) => this.#engine.run("export", { format: form.format, sensitive: form.sensitive, scope, ...(paths.length > 0 && { paths }), hidden: form.sensitive ? undefined : this.hidden, ...more }, heard),
    });
  }

  /** All of another capture on this disk. */
  runCapture(capture: string, form: ChosenForm): Promise<void> {
    return this.#run(form, [], {
      find: (heard) => this.#engine.run("findSecrets", { capture, scope: "all" }, heard),
      write: (more, heard) => this.#engine.run("exportCapture", { capture, format: form.format, sensitive: form.sensitive, hidden: form.sensitive ? undefined : this.hidden, ...more }, heard),
    });
  }

  /** Goes on with an export that asked: the kinds of secrets that stay, or the columns; null: nothing is written. */
  answer(chosen: readonly string[] | null): void {
    this.#answer(chosen);
  }

  /** Ends the export that is being written; nothing of it stays. */
  cancel(): void {
    const running = this.#running;
    this.#running = undefined;
    this.#isCancelled = true;
    running?.cancel();
  }

  async #run({ format, sensitive, choosesColumns }: ChosenForm, paths: readonly ColumnPath[], { prepare, find, write }: Steps): Promise<void> {
    const { state } = this.store.getState();
    if (state === "writing" || state === "asking" || state === "choosing") return;
    clearTimeout(this.#timer);
    const columns = choosesColumns === true ? await this.#askColumns(format, paths) : undefined;
    if (columns === null) return this.dismiss();
    const heard = { onProgress: (progress: ExportProgress) => this.store.setState({ state: "writing", progress }, true) };
    const discard = ({ path }: Pick<ExportedFile, "path">): void => void this.#engine.call("discardExport", { path }).catch(() => undefined);
    this.store.setState({ state: "writing", progress: null }, true);
    try {
      this.#isCancelled = false;
      if (prepare !== undefined) await prepare();
      if (this.#isCancelled) return this.dismiss();
      const looked = sensitive ? null : await this.#under(find(heard));
      const keep = looked === null || looked.secrets.length === 0 ? [] : await this.#ask({ state: "asking", format, found: looked.secrets });
      if (keep === null) return this.dismiss();
      this.store.setState({ state: "writing", progress: null }, true);
      const file = await this.#under(write({ keep, rows: looked?.rows, columns }, { ...heard, onLate: discard }));
      const { canDiscard } = await this.#save(file);
      this.store.setState({ state: "saved", file }, true);
      this.#timer = setTimeout(() => this.dismiss(), SHOWN_FOR);
      void canDiscard.then(() => discard(file)).catch(() => undefined);
    } catch (problem) {
      if (this.#running !== undefined) this.store.setState({ state: "failed", why: toldBy(problem) }, true);
      else this.dismiss();
    }
  }

  /** What the call answers; while it runs it can be cancelled. */
  #under<Name extends Writing | "findSecrets">(running: Running<Name>): Running<Name>["answer"] {
    this.#running = running;
    return running.answer;
  }

  #holdsAnswers({ format }: Pick<ChosenForm, "format">): boolean {
    return this.forms.store.getState().some((form) => form.format === format && form.holdsAnswers === true);
  }

  /** The file has them then, and they are looked through for secrets as all else. */
  async #keepAnswers(): Promise<void> {
    const exchanges = await this.#readAnswers();
    if (exchanges.length > 0) await this.#engine.call("keepAnswers", { exchanges });
  }

  async #askColumns(format: string, paths: readonly ColumnPath[]): Promise<readonly string[] | null> {
    const { columns: own = [] } = this.forms.store.getState().find((form) => form.format === format) ?? {};
    const columns = [...own, ...paths];
    const chosen = await this.#ask({ state: "choosing", format, columns, chosen: this.#columns.get(format) ?? columns });
    if (chosen !== null) this.#columns.set(format, chosen);
    return chosen;
  }

  #ask(question: Extract<ExportState, { readonly state: "asking" | "choosing" }>): Promise<readonly string[] | null> {
    this.store.setState(question, true);
    return new Promise((resolve) => (this.#answer = resolve));
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.store.setState({ state: "none" }, true);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
