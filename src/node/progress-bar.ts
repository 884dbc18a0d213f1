import type { CommandIo } from "./command-io.ts";

const WIDTH = 24;

/** How far a command is, on a terminal; nothing where nobody watches. */
export class ProgressBar {
  readonly #io: CommandIo;
  #isShown = false;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  /** `what`: in words. `share`: 0 to 1; left out where nobody knows. */
  show(what: string, share?: number): void {
    if (!this.#io.isTerminal) return;
    const done = Math.round(Math.min(1, share ?? 0) * WIDTH);
    this.#isShown = true;
    this.#io.progress(`${share === undefined ? "" : `${"█".repeat(done)}${"░".repeat(WIDTH - done)} `}${what}`);
  }

  /** Something else is to be told. */
  clear(): void {
    if (this.#isShown) this.#io.progress("");
    this.#isShown = false;
  }
}
