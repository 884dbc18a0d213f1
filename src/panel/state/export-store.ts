import { createStore, type StoreApi } from "zustand/vanilla";
import type { ExportedFile, ExportForm, ExportProgress, ExportRequest } from "../../contract/files.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import type { EngineClient, Heard, Running } from "../engine-client.ts";

export type ExportState =
  | { readonly state: "none" }
  /** `progress`: null until the engine tells how far it is. */
  | { readonly state: "writing"; readonly progress: ExportProgress | null }
  | { readonly state: "saved"; readonly file: ExportedFile }
  | { readonly state: "failed"; readonly why: Told };

/** Hands a finished export to the browser to save; resolves once the file may be removed. */
export type SaveFile = (file: ExportedFile) => Promise<{ readonly canDiscard: Promise<void> }>;

/** How long the sentence about a saved file stands in the status bar. */
const SHOWN_FOR = 15_000;

export class ExportStore {
  readonly store: StoreApi<ExportState> = createStore<ExportState>(() => ({ state: "none" }));
  /** Every way to export. */
  readonly forms: { readonly store: StoreApi<readonly ExportForm[]> } = { store: createStore<readonly ExportForm[]>(() => []) };
  readonly #engine: EngineClient;
  readonly #save: SaveFile;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Running<"export" | "exportCapture"> | undefined;

  constructor(engine: EngineClient, save: SaveFile) {
    this.#engine = engine;
    this.#save = save;
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

  run(request: ExportRequest): Promise<void> {
    return this.#run((heard) => this.#engine.run("export", request, heard));
  }

  /** All of another capture on this disk. */
  runCapture(capture: string, form: Omit<ExportRequest, "scope">): Promise<void> {
    return this.#run((heard) => this.#engine.run("exportCapture", { capture, ...form }, heard));
  }

  /** Ends the export that is being written; nothing of it stays. */
  cancel(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.cancel();
  }

  async #run(write: (heard: Heard<"export" | "exportCapture">) => Running<"export" | "exportCapture">): Promise<void> {
    if (this.store.getState().state === "writing") return;
    clearTimeout(this.#timer);
    this.store.setState({ state: "writing", progress: null }, true);
    const running = write({ onProgress: (progress) => this.store.setState({ state: "writing", progress }, true) });
    this.#running = running;
    try {
      const file: ExportedFile = await running.answer;
      const { canDiscard } = await this.#save(file);
      this.store.setState({ state: "saved", file }, true);
      this.#timer = setTimeout(() => this.dismiss(), SHOWN_FOR);
      void canDiscard.then(() => this.#engine.call("discardExport", { path: file.path })).catch(() => undefined);
    } catch (problem) {
      if (this.#running === running) this.store.setState({ state: "failed", why: toldBy(problem) }, true);
      else this.dismiss();
    }
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.store.setState({ state: "none" }, true);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
