import { MOST_COLUMN_PATHS, type ColumnPath } from "../contract/column-paths.ts";
import type { PathColumns } from "../format/export-format.ts";
import { isMessage } from "../model/frame.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";
import { frameIndex } from "../model/units.ts";
import { compileQuery } from "../query/compile.ts";
import { readPath } from "../query/path.ts";
import type { PathStep } from "../query/query.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { ScanPiece } from "../query/scan/piece.ts";
import type { CaptureLog } from "./capture-log.ts";
import { cutPiece } from "./filter-piece.ts";
import { queryOfPaths } from "./read-paths.ts";
import type { Scanner } from "./scanner.ts";

const PIECE_BYTES = 1 << 22;
const PIECE_ROWS = 32_768;
/** Characters of all values together: they wait in memory until they are written. */
const MOST_CHARACTERS = 128 * 2 ** 20;
/** More messages than a frame is told apart into. */
const MESSAGES = 1 << 10;

export interface GatherOptions {
  readonly paths: readonly ColumnPath[];
  /** All that the log has where it is left out. */
  readonly rows: Uint32Array | undefined;
  /** Rows before this one. */
  readonly end: number;
  readonly context: QueryContext;
  /** Told after each piece; throws where nobody waits any more. */
  readonly goOn: (share: number) => void;
  /** The value with its secrets masked; `path`: where it stands. */
  readonly mask: (json: string, path: readonly PathStep[]) => string;
}

/** What rows have at some paths, for a file: read on the scan thread before it is written. Rejects with a `Refusal`. */
export async function gatherPaths(capture: CaptureLog, scanner: Scanner, { paths, rows, end, context, goOn, mask }: GatherOptions): Promise<PathColumns> {
  const named = paths.slice(0, MOST_COLUMN_PATHS).flatMap((path) => {
    const steps = readPath(path);
    return "value" in steps ? [{ path, steps: steps.value }] : [];
  });
  const steps = named.map((one) => one.steps);
  const filter = { query: queryOfPaths(steps), context };
  const compiled = compileQuery(filter.query, context);
  const { generation, log } = capture;
  const length = rows?.length ?? Math.min(end, log.length);
  const found = named.map(() => new Map<number, string>());
  let characters = 0;
  for (let at = 0; named.length > 0 && at < length; ) {
    const wanted: number[] = [];
    let size = 0;
    for (; at < length && wanted.length < PIECE_ROWS && size < PIECE_BYTES; at++) {
      const row = frameIndex(rows?.[at] ?? at);
      if (row >= end || !isMessage(log.bitsAt(row))) continue;
      wanted.push(row);
      size += log.lengthAt(row);
    }
    // Rows that were chosen stand in the order in which they are shown.
    const places = Uint32Array.from(wanted).toSorted();
    const cut = (): ScanPiece | undefined => (generation === capture.generation ? cutPiece(capture, places.slice(), compiled, (bytes) => scanner.take(bytes)) : undefined);
    if (generation !== capture.generation) throw new Refusal(say("headers.cleared"));
    const values = await scanner.values(filter, { paths: steps, most: Infinity, isSeen: false }, cut);
    for (const [i, row] of values.rows.entries()) {
      const path = values.paths[i] as number;
      const json = mask(values.json[i] as string, steps[path] as readonly PathStep[]);
      characters += json.length;
      const of = found[path];
      const message = values.messages[i] as number;
      if (message >= 0) of?.set(row * MESSAGES + message + 1, json);
      // A frame has what the first of its messages has that has it.
      if (of?.has(row * MESSAGES) === false) of.set(row * MESSAGES, json);
    }
    if (characters > MOST_CHARACTERS) throw new Refusal(say("engine.columns-too-long"));
    goOn(at / length);
  }
  return {
    names: named.map(({ path }) => path),
    of: ({ row, part }) => found.map((values) => values.get(row * MESSAGES + (part ?? -1) + 1)),
  };
}
