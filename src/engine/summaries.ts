import { opcodeOf, OPCODE_TEXT } from "../model/frame.ts";
import type { Told } from "../model/said.ts";
import type { FrameIndex } from "../model/units.ts";
import { againAt, messageAgainAt, type Again } from "./again.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decoderAt } from "./decoded-row.ts";
import { LookBroke, type Looker } from "./looker.ts";
import type { Stops } from "./set-aside.ts";

/** A longer payload is summed up by its head as it stands: a table's row is no reason to decode megabytes. */
export const MOST_SUMMED_UP = 1 << 16;
/** More than a view draws at once, so that scrolling decodes only what comes into view. */
const MOST_KEPT = 4096;
/** More messages than a frame is told apart into. */
const MESSAGES = 1 << 10;

/** A row, or one of the messages of a row that holds several. */
export interface SummedUp {
  readonly index: FrameIndex;
  readonly message: number | undefined;
}

export interface SummariesEdges {
  readonly capture: CaptureLog;
  readonly looker: Looker;
  readonly stops: Stops;
  /** Rows may be summed up now that were not before. */
  readonly changed: () => void;
}

/** One line of each message whose payload is no text that a person reads, for the rows that a view draws. */
export class Summaries {
  readonly #edges: SummariesEdges;
  readonly #known = new Map<number, Told>();
  #basis = "";

  constructor(edges: SummariesEdges) {
    this.#edges = edges;
  }

  /** Undefined: its row is shown as it stands. */
  at(row: SummedUp): Told | undefined {
    const told = this.#known.get(keyOfRow(row));
    return told === "" ? undefined : told;
  }

  /** Resolves once these rows are summed up as far as can be; undefined where nothing has to be waited for. */
  load(rows: readonly SummedUp[]): Promise<void> | undefined {
    const basis = this.#basisNow();
    if (basis !== this.#basis || this.#known.size > MOST_KEPT) this.#known.clear();
    this.#basis = basis;
    const missing = rows.filter((row) => !this.#known.has(keyOfRow(row)) && this.#isWanted(row));
    return missing.length === 0 ? undefined : this.#read(missing);
  }

  /** What a summary was made of is another after this is. */
  #basisNow(): string {
    const { generation, decoding } = this.#edges.capture;
    return `${generation} ${decoding.revision}`;
  }

  #isWanted({ index, message }: SummedUp): boolean {
    const { capture, stops } = this.#edges;
    const { log, decoded } = capture;
    const decoder = decoderAt(capture, index);
    if (decoder === undefined || (decoder.readsAsText === true && opcodeOf(log.bitsAt(index)) === OPCODE_TEXT)) return false;
    const holdsSeveral = decoded.holdsSeveral(index);
    if (holdsSeveral !== (message !== undefined)) return false;
    const { from, to } = message === undefined ? { from: 0, to: log.lengthAt(index) } : decoded.messages.at({ row: index, message });
    return to - from <= MOST_SUMMED_UP && !stops.isStopped(index);
  }

  async #read(rows: readonly SummedUp[]): Promise<void> {
    try {
      await this.#sumUp(rows, false);
    } catch (error) {
      if (!(error instanceof LookBroke)) throw error;
      // The rows are drawn as they stand; what it broke at is found meanwhile.
      if (error.isAtFault) void this.#findFault(rows);
      else this.#edges.changed();
    }
  }

  /** Once more, message by message. */
  async #findFault(rows: readonly SummedUp[]): Promise<void> {
    try {
      await this.#sumUp(rows, true);
    } catch (error) {
      if (!(error instanceof LookBroke)) throw error;
      if (error.reached !== undefined) this.#edges.stops.stop((rows[error.reached] as SummedUp).index);
    }
    this.#edges.changed();
  }

  async #sumUp(rows: readonly SummedUp[], isCareful: boolean): Promise<void> {
    const basis = this.#basis;
    const summaries = await this.#edges.looker.sumUp(rows.map((row) => this.#againOf(row)), isCareful);
    if (basis !== this.#basisNow()) return;
    for (const [i, row] of rows.entries()) this.#known.set(keyOfRow(row), summaries[i] ?? "");
  }

  /** Undefined where it cannot be read back: its row says so. */
  #againOf({ index, message }: SummedUp): Again | undefined {
    try {
      if (index >= this.#edges.capture.log.length) return undefined;
      return message === undefined ? againAt(this.#edges.capture, index) : messageAgainAt(this.#edges.capture, index, message);
    } catch {
      return undefined;
    }
  }
}

/** Tells rows, and messages of rows, apart. */
export const keyOfRow = ({ index, message }: SummedUp): number => index * MESSAGES + (message === undefined ? 0 : message + 1);
