import type { ColumnPath, PathCell } from "../contract/column-paths.ts";
import type { Faults } from "../model/faults.ts";
import { isMessage } from "../model/frame.ts";
import { textOfJson } from "../model/json-text.ts";
import { Refusal } from "../model/refusal.ts";
import { VALUE_KINDS } from "../model/value-document.ts";
import { compileQuery } from "../query/compile.ts";
import { readPath } from "../query/path.ts";
import type { PathStep } from "../query/query.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { ScanPiece } from "../query/scan/piece.ts";
import type { CaptureLog } from "./capture-log.ts";
import { cutByBytes } from "./cut-rows.ts";
import { cutPiece } from "./filter-piece.ts";
import { queryOfPaths } from "./read-paths.ts";
import type { Filter, Scanner } from "./scanner.ts";
import { keyOfRow, type SummedUp } from "./summaries.ts";

/** A longer message is not read for a table's row: filters and the inspector read it whole. */
const MOST_READ = 1 << 20;
/** What one asking of the scan thread holds. */
const MOST_CUT = 1 << 22;
/** More than a view draws at once. */
const MOST_KEPT = 4096;
/** Characters of a cell. */
const MOST_SHOWN = 120;

export interface PathCellsEdges {
  readonly capture: CaptureLog;
  readonly scanner: Scanner;
  /** Bugs that show are counted here. */
  readonly faults: Faults;
}

interface Asked {
  /** Those of the columns that are paths. */
  readonly paths: readonly ColumnPath[];
  readonly steps: readonly (readonly PathStep[])[];
  readonly filter: Filter;
}

type Cells = FrameCells | undefined;
type FrameCells = Readonly<Partial<Record<ColumnPath, PathCell>>>;

/** What the rows on view have at the paths that are columns: read on the scan thread, and kept while they are near. */
export class PathCells {
  readonly #edges: PathCellsEdges;
  readonly #known = new Map<number, Cells>();
  #basis = "";
  #asked: Asked | undefined;

  constructor(edges: PathCellsEdges) {
    this.#edges = edges;
  }

  at(row: SummedUp): FrameCells {
    return this.#known.get(keyOfRow(row)) ?? NO_CELLS;
  }

  /** Resolves once what these rows have is known, as far as decoding has come; undefined where nothing has to be waited for. */
  load(rows: readonly SummedUp[], paths: readonly ColumnPath[], context: QueryContext): Promise<void> | undefined {
    if (paths.length === 0) return undefined;
    const { capture } = this.#edges;
    const basis = `${capture.generation} ${capture.decoding.revision} ${JSON.stringify(paths)}`;
    if (basis !== this.#basis || this.#known.size > MOST_KEPT) this.#known.clear();
    if (basis !== this.#basis) this.#asked = askedFor(paths, context);
    this.#basis = basis;
    const asked = this.#asked;
    if (asked === undefined) return undefined;
    const wanted = new Set<number>();
    for (const row of rows) {
      const { index } = row;
      if (this.#known.has(keyOfRow(row)) || index >= capture.decoded.length || !isMessage(capture.log.bitsAt(index))) continue;
      if (capture.log.lengthAt(index) <= MOST_READ) wanted.add(index);
      else this.#known.set(keyOfRow(row), Object.fromEntries(paths.map((path) => [path, TOO_LONG])));
    }
    return wanted.size === 0 ? undefined : this.#read(Uint32Array.from(wanted).toSorted(), asked);
  }

  async #read(rows: Uint32Array<ArrayBuffer>, { filter, paths, steps }: Asked): Promise<void> {
    const { capture, scanner, faults } = this.#edges;
    const basis = this.#basis;
    const compiled = compileQuery(filter.query, filter.context);
    const { generation } = capture;
    for (const places of cutByBytes(capture.log, rows, MOST_CUT)) {
      const cut = (): ScanPiece | undefined => (generation === capture.generation ? cutPiece(capture, places.slice(), compiled, (size) => scanner.take(size)) : undefined);
      const found = await scanner.values(filter, { paths: steps, most: MOST_SHOWN, isSeen: true }, cut).catch((error: unknown) => {
        // These rows are drawn without.
        if (!(error instanceof Refusal)) faults.add(error, "columns");
        return undefined;
      });
      if (basis !== this.#basis) return;
      this.#keep(places, found, paths);
    }
  }

  #keep(rows: Uint32Array, found: Awaited<ReturnType<Scanner["values"]>> | undefined, paths: readonly ColumnPath[]): void {
    const { decoded } = this.#edges.capture;
    const cells = new Map<number, Partial<Record<ColumnPath, PathCell>>>();
    for (const [i, row] of found?.rows.entries() ?? []) {
      const message = found?.messages[i] as number;
      const path = paths[found?.paths[i] as number] as ColumnPath;
      const cell = cellOf(found?.kinds[i] as number, found?.json[i] as string);
      // A frame's own row has what its first message has that has it.
      for (const of of message < 0 ? [undefined] : [undefined, message]) {
        const key = keyOfRow({ index: row as SummedUp["index"], message: of });
        const known = cells.get(key) ?? {};
        known[path] ??= cell;
        cells.set(key, known);
      }
    }
    for (const row of rows) {
      const messages = decoded.holdsSeveral(row) ? decoded.messages.countOf(row) : 0;
      for (let message = -1; message < messages; message++) {
        const key = keyOfRow({ index: row as SummedUp["index"], message: message < 0 ? undefined : message });
        this.#known.set(key, cells.get(key));
      }
    }
  }
}

/** Undefined where none of them is a path. */
function askedFor(columns: readonly ColumnPath[], context: QueryContext): Asked | undefined {
  const read = columns.flatMap((path) => {
    const steps = readPath(path);
    return "value" in steps ? [{ path, steps: steps.value }] : [];
  });
  const steps = read.map((one) => one.steps);
  return read.length === 0 ? undefined : { paths: read.map(({ path }) => path), steps, filter: { query: queryOfPaths(steps), context } };
}

function cellOf(kind: number, json: string): PathCell {
  const name = VALUE_KINDS[kind] ?? "null";
  const isCut = json.length > MOST_SHOWN;
  const isText = name === "string" || name === "time";
  const text = isCut ? `${json.slice(isText ? 1 : 0, MOST_SHOWN)}…` : isText ? textOfJson(json) : json;
  return { kind: name, text, json: isCut || name === "object" || name === "array" ? null : json };
}

const NO_CELLS: FrameCells = {};
const TOO_LONG: PathCell = { kind: null, text: "…", json: null };
