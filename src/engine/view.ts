import { directionOf, isPayloadUnreported, isMessage, kindOf } from "../model/frame.ts";
import { frameIndex, milliseconds, type FrameIndex } from "../model/units.ts";
import { parseFilter } from "../query/filter.ts";
import { compileFilter } from "../query/matcher.ts";
import type { CaptureLog } from "./capture-log.ts";
import { MOST_ROWS, type FilterProblem, type FrameRow, type Range, type Scope } from "./contract.ts";
import { PREVIEW_BYTES, previewPayload } from "./payload-text.ts";
import { filterFailure, RowFilter } from "./row-filter.ts";
import { labelAt, messageKindAt, pairAt, summaryOf } from "./decoded-row.ts";
import { textOpcode, UNREPORTED } from "./row-text.ts";
import type { Scanner } from "./scanner.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true };

/** What one view of the log shows: its scope, and the rows of it on request. */
export class View {
  readonly #capture: CaptureLog;
  readonly #scanner: Scanner;
  readonly #onChange: () => void;
  #scope = EVERYTHING;
  #lastGood = EVERYTHING;
  #rows: RowFilter;
  #problem: FilterProblem | null = null;
  #generation = 0;
  #revision = 0;

  /** `onChange`: more rows were found than at the last `advance`. */
  constructor(capture: CaptureLog, scanner: Scanner, onChange: () => void) {
    this.#capture = capture;
    this.#scanner = scanner;
    this.#onChange = onChange;
    this.#rows = this.#newFilter(EVERYTHING);
  }

  get rows(): RowFilter {
    return this.#rows;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Why the filter in force was ended, if it was. */
  get problem(): FilterProblem | null {
    return this.#problem;
  }

  setScope(scope: Scope): FilterProblem | null {
    const parsed = parseFilter(scope.filter);
    if ("problem" in parsed) {
      // The conditions beside the filter count at once; the filter stays the last good one.
      this.#apply({ ...scope, filter: this.#scope.filter });
      return parsed.problem;
    }
    this.#problem = null;
    this.#apply(scope);
    return null;
  }

  /** Tests rows that came since. Answers whether rows are left that can be tested at once. */
  advance(): boolean {
    if (this.#generation !== this.#capture.generation) {
      this.#generation = this.#capture.generation;
      this.#restart(this.#scope);
    }
    this.#revision++;
    return this.#rows.advance(this.#onChange, (error) => this.#abandon(error));
  }

  async rowsOf(range: Range): Promise<{ revision: number; from: number; rows: FrameRow[] }> {
    const revision = this.#revision;
    const from = Math.max(0, Math.floor(range.from));
    const to = Math.min(this.#rows.length, range.to, from + MOST_ROWS);
    const rows: FrameRow[] = [];
    for (let position = from; position < to; position++) rows.push(this.#row(position));
    const marks = await this.#marks(rows.map(({ preview }) => preview));
    return { revision, from, rows: rows.map((row, i) => ({ ...row, marks: marks[i] ?? [] })) };
  }

  end(): void {
    this.#rows.end();
    this.#scanner.end();
  }

  #newFilter(scope: Scope): RowFilter {
    const parsed = parseFilter(scope.filter);
    const capture = this.#capture;
    return new RowFilter(
      {
        get log() {
          return capture.log;
        },
        urlOf: (connection) => capture.table.connections.get(connection)?.url ?? "",
      },
      this.#scanner,
      scope,
      "filter" in parsed ? parsed.filter : { kind: "everything" },
    );
  }

  #apply(scope: Scope): void {
    if (this.#rows.progress === 1) this.#lastGood = this.#scope;
    this.#restart(scope);
  }

  #restart(scope: Scope): void {
    this.#rows.end();
    this.#scope = scope;
    this.#rows = this.#newFilter(scope);
    this.#onChange();
  }

  /** The filter was ended: the last one that went through takes its place. */
  #abandon(error: unknown): void {
    this.#problem = { message: filterFailure(error), from: 0, to: this.#scope.filter.length };
    const lastFilter = this.#lastGood.filter === this.#scope.filter ? "" : this.#lastGood.filter;
    this.#restart({ ...this.#scope, filter: lastFilter });
  }

  #row(position: number): FrameRow {
    const { log, table } = this.#capture;
    const index = frameIndex(this.#rows.at(position));
    const bits = log.bitsAt(index);
    const time = log.timeAt(index);
    const before = position === 0 ? undefined : log.timeAt(frameIndex(this.#rows.at(position - 1)));
    const isUnreported = isPayloadUnreported(bits);
    const length = log.lengthAt(index);
    return {
      index,
      kind: kindOf(bits),
      direction: directionOf(bits) ?? null,
      connection: log.connectionAt(index),
      time: table.clock.toEpoch(time) ?? null,
      delta: before === undefined ? null : milliseconds((time - before) * 1000),
      label: labelAt(this.#capture, index),
      messageKind: messageKindAt(this.#capture, index),
      pair: pairAt(this.#capture, index),
      preview: isUnreported ? UNREPORTED : this.#preview(index, bits, length),
      marks: [],
      size: isMessage(bits) && !isUnreported ? length : null,
    };
  }

  #preview(index: FrameIndex, bits: number, length: number): string {
    try {
      return (
        summaryOf(this.#capture, index) ??
        previewPayload(this.#capture.log.payloadAt(index, PREVIEW_BYTES), textOpcode(bits), length)
      );
    } catch (error) {
      // A page that cannot be read back from disk costs its rows their text, never the table.
      return `Payload not readable: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  async #marks(texts: readonly string[]): Promise<readonly (readonly number[])[]> {
    const { filter } = this.#rows;
    switch (filter.kind) {
      case "everything":
        return [];
      case "text": {
        const matcher = compileFilter(filter);
        return texts.map((text) => matcher.marks(text));
      }
      case "pattern":
        // A pattern of the user's runs only where it can be ended; rows without marks are better than no rows.
        return this.#scanner.marks(filter, texts).catch(() => []);
    }
  }
}
