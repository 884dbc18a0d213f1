import type { ColumnPath } from "../contract/column-paths.ts";
import type { FrameRow } from "../contract/rows.ts";
import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import type { FrameIndex } from "../model/units.ts";
import { compileQuery } from "../query/compile.ts";
import { createMarker } from "../query/marks.ts";
import type { Query } from "../query/query.ts";
import type { ScanPiece } from "../query/scan/piece.ts";
import type { ScanFound } from "../query/scan/scan-piece.ts";
import { cutByBytes } from "./cut-rows.ts";
import { cutPiece } from "./filter-piece.ts";
import { frameRow, messageRow } from "./frame-row.ts";
import { PathCells } from "./path-cells.ts";
import type { Filter, Scanner } from "./scanner.ts";
import { Summaries, type SummariesEdges, type SummedUp } from "./summaries.ts";

const MOST_CUT_BYTES = 1 << 22;

/** A row of a view. `before`: the one before it among those shown, as the log stands. */
export interface PlaceToDraw extends SummedUp {
  readonly before: FrameIndex | undefined;
  readonly isUnfolded: boolean;
}

export interface DrawnRowsEdges extends SummariesEdges {
  readonly scanner: Scanner;
  /** Bugs that show are counted here. */
  readonly faults: Faults;
}

/** What a view draws rows by. */
export interface DrawnBy {
  readonly filter: Filter;
  /** What is looked for among the rows that the filter lets through: marked as well, in rows that it finds. */
  readonly sought?: Query;
  readonly highlights: readonly Filter[];
  /** Columns of the user's own. */
  readonly paths: readonly ColumnPath[];
}

/** How the rows on view look: summed up, with the columns of the user's own, marked by the filter in force, coloured by highlights. */
export class DrawnRows {
  readonly #edges: DrawnRowsEdges;
  readonly #summaries: Summaries;
  readonly #cells: PathCells;

  constructor(edges: DrawnRowsEdges) {
    this.#edges = edges;
    this.#summaries = new Summaries(edges);
    this.#cells = new PathCells(edges);
  }

  /** Answers none where the log was cleared meanwhile. */
  async draw(places: readonly PlaceToDraw[], { filter, sought, highlights, paths }: DrawnBy): Promise<FrameRow[]> {
    const { capture } = this.#edges;
    const { generation } = capture;
    const loading = [this.#summaries.load(places), this.#cells.load(places, paths, filter.context)].filter((one) => one !== undefined);
    if (loading.length > 0) await Promise.all(loading);
    if (generation !== capture.generation) return [];
    const rows = places.map((place) => {
      const { index, before, message, isUnfolded } = place;
      const summary = this.#summaries.at(place);
      const row = frameRow(capture, index, before, summary);
      const cells = paths.length === 0 ? row.cells : this.#cells.at(place);
      return message !== undefined && capture.decoded.holdsSeveral(index) ? { ...messageRow(capture, row, message, summary), cells } : { ...row, isUnfolded, cells };
    });
    const several = rows.filter(({ messages, message }) => messages > 0 || message !== null).map(({ index }) => index);
    const [marks, highlighted, matching] = await Promise.all([
      this.#marksOf(rows, filter, sought),
      this.#highlightsOf(rows.map(({ index }) => index), highlights),
      this.#matchingMessages([...new Set(several)], filter),
    ]);
    return rows.map((row, i) => {
      const found = matching.get(row.index);
      const message = row.message === null || found === undefined ? row.message : { ...row.message, matches: found.has(row.message.place) };
      return { ...row, marks: marks[i] ?? [], highlight: highlighted.get(row.index) ?? null, matching: found?.size ?? null, firstMatch: found === undefined ? 0 : Math.min(...found), message };
    });
  }

  async #marksOf(rows: readonly FrameRow[], filter: Filter, sought?: Query): Promise<readonly (readonly number[])[]> {
    const texts = rows.map(({ preview }) => preview);
    const marks = await this.#marks(texts, filter);
    if (sought === undefined || sought.kind === "everything") return marks;
    const withSought = await this.#marks(texts, { ...filter, query: { kind: "or", parts: [filter.query, sought] } });
    // A row that has one of several words is none that was found.
    const found = await this.matching({ ...filter, query: sought }, rows.map(({ index }) => index)).catch((error: unknown): ReadonlySet<number> => this.#note(error) ?? new Set());
    return rows.map(({ index }, i) => (found.has(index) ? withSought : marks)[i] ?? []);
  }

  async #marks(texts: readonly string[], filter: Filter): Promise<readonly (readonly number[])[]> {
    if (filter.query.kind === "everything") return [];
    const marker = createMarker(filter.query);
    // A pattern of the user's runs only where it can be ended; rows without marks are better than no rows.
    if (marker.hasPatterns) return await this.#edges.scanner.marks(filter, texts).catch((error: unknown) => this.#note(error) ?? []);
    return texts.map((text) => marker.marks(text));
  }

  /** The first highlight that matches, for each row that one does. */
  async #highlightsOf(rows: readonly number[], highlights: readonly Filter[]): Promise<ReadonlyMap<number, number>> {
    const found = await Promise.all(
      highlights.map((filter) => this.matching(filter, rows).catch((error: unknown): ReadonlySet<number> => this.#note(error) ?? new Set())),
    );
    const first = new Map<number, number>();
    found.forEach((matching, highlight) => {
      for (const row of matching) if (!first.has(row)) first.set(row, highlight);
    });
    return first;
  }

  /** The messages that the filter in force lets through, of frames that hold several; no entry where it is only all of them together. */
  async #matchingMessages(rows: readonly number[], filter: Filter): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
    const found = new Map<number, Set<number>>();
    if (rows.length === 0 || filter.query.kind === "everything") return found;
    const note = ({ messages }: ScanFound): void => {
      for (const [i, row] of messages?.rows.entries() ?? []) {
        const places = found.get(row) ?? new Set<number>();
        found.set(row, places.add(messages?.places[i] as number));
      }
    };
    await this.#scan(filter, rows, note, true).catch((error: unknown) => this.#note(error));
    return found;
  }

  /** Those of some rows that a filter lets through. */
  async matching(filter: Filter, rows: readonly number[]): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    const note = ({ rows: matching }: ScanFound): void => {
      for (const row of matching) found.add(row);
    };
    await this.#scan(filter, rows, note);
    return found;
  }

  async #scan(filter: Filter, rows: readonly number[], note: (found: ScanFound) => void, asksEach?: boolean): Promise<void> {
    const { generation } = this.#edges.capture;
    const compiled = compileQuery(filter.query, filter.context);
    const { scanner } = this.#edges;
    for (const places of cutByBytes(this.#edges.capture.log, Uint32Array.from(rows).toSorted(), MOST_CUT_BYTES)) {
      // A clear while the piece before was looked through: these rows are gone.
      const cut = (): ScanPiece | undefined =>
        generation === this.#edges.capture.generation ? cutPiece(this.#edges.capture, places.slice(), compiled, (size) => scanner.take(size), asksEach) : undefined;
      note(await scanner.scan(filter, cut));
    }
  }

  /** What failed shows nothing; a bug is counted. */
  #note(error: unknown): undefined {
    if (!(error instanceof Refusal)) this.#edges.faults.add(error, "filter");
  }
}
