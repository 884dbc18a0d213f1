import { MOST_ROWS, type FrameRow } from "../../contract/rows.ts";
import type { CommandContext } from "../command.ts";
import type { KeptEngine } from "../kept-engine.ts";
import { lineOf, rowObject } from "../row-line.ts";

export interface PrintOptions {
  readonly isJson: boolean;
  /** Takes out what nobody is to see. */
  readonly hide: (text: string) => string;
}

/** Digits of the first column: rows are printed before it is known how many there will be. */
const NUMBER_WIDTH = 4;

/** Prints the rows of a capture that goes on, each once it is decoded, in their order. */
export class RowPrinter {
  readonly #engine: KeptEngine;
  readonly #context: CommandContext;
  readonly #options: PrintOptions;
  #printed = 0;
  #isEnded = false;
  /** One is printed behind the other. */
  #printing: Promise<void> = Promise.resolve();

  constructor(engine: KeptEngine, context: CommandContext, options: PrintOptions) {
    this.#engine = engine;
    this.#context = context;
    this.#options = options;
    void this.#follow();
  }

  /** Resolves once all that there is now is printed: the capture has ended. */
  async finish(): Promise<void> {
    const { log } = this.#engine.capture;
    await this.#engine.until(({ decoded }) => decoded >= log.length);
    this.#isEnded = true;
    await this.#printTo(log.length);
  }

  async #follow(): Promise<void> {
    while (!this.#isEnded) {
      const { decoded } = await this.#engine.until((changed) => changed.decoded > this.#printed);
      // What fails is told by `finish`.
      if (!this.#isEnded) await this.#printTo(decoded).catch(() => (this.#isEnded = true));
    }
  }

  #printTo(to: number): Promise<void> {
    return (this.#printing = this.#printing.then(() => this.#print(to)));
  }

  async #print(to: number): Promise<void> {
    while (this.#printed < to) {
      const { rows } = await this.#engine.call("rows", { from: this.#printed, to: Math.min(to, this.#printed + MOST_ROWS) });
      if (rows.length === 0) return;
      this.#printed += rows.length;
      for (const row of rows) this.#context.io.out(`${this.#textOf(row)}\n`);
      // What nobody reads yet waits in the capture.
      await this.#context.io.taken();
    }
  }

  #textOf(row: FrameRow): string {
    const { isJson, hide } = this.#options;
    if (isJson) return hide(JSON.stringify(rowObject(row, this.#engine.capture)));
    const { io, speaker } = this.#context;
    return lineOf({ ...row, label: hide(row.label), preview: hide(row.preview) }, speaker, { number: NUMBER_WIDTH, columns: io.columns });
  }
}
