import { join } from "node:path";
import { availableParallelism } from "node:os";
import type { FrameRow } from "../contract/rows.ts";
import type { CaptureFiles } from "../engine/capture-disk.ts";
import { CaptureLog } from "../engine/capture-log.ts";
import { DecodeRun, type DecodeThread } from "../engine/decode-run.ts";
import { decoderAt } from "../engine/decoded-row.ts";
import { DrawnRows } from "../engine/drawn-rows.ts";
import { Looker } from "../engine/looker.ts";
import { quickFilter, quickRows, type QueryContext, type QuickFilter } from "../engine/quick-rows.ts";
import { Scanner } from "../engine/scanner.ts";
import { JournalWalk } from "../log/journal-walk.ts";
import { rowsThatHold, WantedRows, type RowRange } from "../log/wanted-rows.ts";
import { Faults } from "../model/faults.ts";
import { directionOf, isMessage } from "../model/frame.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";
import { placesIn } from "./byte-search.ts";
import type { CommandContext } from "./command.ts";
import { decodedAround, FIRST_MESSAGES, MOST_FOUND, NEAR, SMALL } from "./decoded-around.ts";
import { decodeHere } from "./decode-here.ts";
import { DECODE_DEADLINE, startDecodeThread, startLookThread, startScanThread } from "./engine-threads.ts";
import { NODE_TIMERS } from "./node-timers.ts";
import { openToRead } from "./read-file.ts";
import { tellFaults } from "./tell-faults.ts";

/** What a filter lets through of a capture's folder. */
export interface QuickFound {
  /** The part of it that was opened. */
  readonly capture: CaptureLog;
  readonly rows: readonly { readonly row: FrameRow; /** Where it stands in that part. */ readonly at: FrameIndex }[];
  /** Messages among them, and of the capture. */
  readonly matches: number;
  readonly frames: number;
  readonly end: () => void;
}

/** Pages of payload that stay in memory. */
const BUDGET = 1 << 24;
/** A row has 18 bytes in the journal, and a row may hold what is looked for several times. */
const LEAST_JOURNAL = SMALL * 18;
const MOST_PLACES = MOST_FOUND * 16;
/** To decode so many takes less than to start a thread. */
const MOST_HERE = 16_384;

/**
 * The few rows of a large capture that a filter of words lets through, drawn as an engine with a view draws them, without one:
 * what the rows must hold is looked for in the file of payloads, and only the blocks that hold it are opened. Undefined where an engine
 * has to look: the filter asks for more, the capture is damaged or small, or too much is found.
 */
export async function quickFound(folder: string, filter: string, context: CommandContext): Promise<QuickFound | undefined> {
  const quick = quickFilter(filter);
  const files = quick && openFiles(folder);
  if (quick === undefined || files === undefined) return undefined;
  const { journal, payloads } = files;
  const faults = new Faults("command line");
  const ends = [() => journal.close(), () => payloads.close()];
  const end = (): void => ends.splice(0).forEach((one) => one());
  try {
    const found = journal.size < LEAST_JOURNAL ? undefined : await findQuickly(files, quick, { faults, context, ends });
    if (found === undefined) end();
    return found && { ...found, end };
  } catch (error) {
    end();
    throw error;
  }
}

interface Edges {
  readonly faults: Faults;
  readonly context: CommandContext;
  /** What is to be ended when all is done is added here. */
  readonly ends: (() => void)[];
}

async function findQuickly(files: OpenFiles, quick: QuickFilter, { faults, context, ends }: Edges): Promise<Omit<QuickFound, "end"> | undefined> {
  const { payloads } = files;
  const places = await placesIn(payloads, quick.held, MOST_PLACES);
  if (places === undefined) return undefined;
  const around = rowsAround(files, places);
  if (around === undefined) return undefined;
  const capture = new CaptureLog({ kept: files, wanted: new WantedRows(files.journal, around, FIRST_MESSAGES) }, BUDGET, faults, context.speaker.tell);
  while (capture.recover());
  const { storage, log, table, excerpt } = capture;
  if (excerpt === undefined || storage.state !== "kept" || storage.problem !== null || excerpt.end.rows <= SMALL) return undefined;
  const began = log.timeAt(frameIndex(0));
  const asked: QueryContext = { start: began, now: table.clock.toMonotonic(NODE_TIMERS.now()) ?? began, anchors: table.clock.anchors, utcOffset: -new Date().getTimezoneOffset(), searchesUrls: true };
  const rows = quickRows(capture, quick, asked, new Set(places.flatMap((place) => excerpt.rowAt(place) ?? [])));
  if (rows === undefined || rows.length > MOST_FOUND) return undefined;
  const found = rows.map(frameIndex);
  let run = await decodeAround(capture, rows, 0, faults);
  if (found.some((index) => hangsOnOthers(capture, index))) {
    run.end();
    capture.decoding.anew();
    run = await decodeAround(capture, rows, NEAR, faults);
  }
  ends.push(() => run.end());
  // Messages have more to say than stands in them.
  if (!capture.decoded.derived.isEmpty) return undefined;
  tellFaults(faults.list, context.io);
  const looker = new Looker({ start: startLookThread, timers: NODE_TIMERS, faults });
  const scanner = new Scanner({ start: startScanThread, timers: NODE_TIMERS, faults });
  ends.push(() => looker.end(), () => scanner.end());
  const toDraw = found.map((index, i) => ({ index, message: undefined, before: found[i - 1], isUnfolded: false }));
  const drawn = await new DrawnRows({ capture, looker, scanner, stops: run, faults, changed: () => {} }).draw(toDraw, { filter: { query: quick.query, context: asked }, highlights: [], paths: [] });
  const numbered = drawn.map((row) => ({ row: { ...row, index: frameIndex(excerpt.numberOf(row.index)) }, at: row.index }));
  return { capture, rows: numbered, matches: found.filter((index) => isMessage(log.bitsAt(index))).length, frames: excerpt.end.frames };
}

/** Whether rows near one may say more of it: of a protocol, or where one of the other direction may be its partner. */
function hangsOnOthers(capture: CaptureLog, index: FrameIndex): boolean {
  const { log, decoded, decoding } = capture;
  const direction = directionOf(log.bitsAt(index));
  if (direction === undefined) return false;
  const connection = log.connectionAt(index);
  if (decoderAt(capture, index)?.claims !== "message" || decoded.holdsSeveral(index) || decoding.choiceOf(connection).pairs !== undefined) return true;
  for (let row = Math.max(0, index - NEAR); row < Math.min(log.length, index + NEAR); row++) {
    const other = directionOf(log.bitsAt(frameIndex(row)));
    if (other !== undefined && other !== direction && log.connectionAt(frameIndex(row)) === connection) return true;
  }
  return false;
}

/** The rows that hold these bytes, and those near them; undefined where the capture is damaged as far as its heads tell. Cost: a read for each block. */
function rowsAround({ journal, payloads }: CaptureFiles, places: readonly number[]): RowRange[] | undefined {
  const walk = new JournalWalk(journal, payloads, "heads");
  const sorted = places.toSorted((a, b) => a - b);
  const ranges: RowRange[] = [];
  let next = 0;
  let end = 0;
  for (let found = walk.next(); found.type !== "end"; found = walk.next()) {
    if (found.type !== "block" || found.place === undefined) return undefined;
    const first = next;
    while ((sorted[next] ?? Infinity) < found.head.payloadTo) next++;
    if (next > first) for (const { from, to } of rowsThatHold(journal, found.head, found.at, sorted.slice(first, next))) ranges.push({ from: from - NEAR, to: to + NEAR });
    end = found.head.payloadTo;
  }
  // What stands behind is of no row.
  return end === payloads.size ? ranges : undefined;
}

/** Decodes what a capture shows of some rows; resolves once that is done. */
function decodeAround(capture: CaptureLog, rows: readonly number[], near: number, faults: Faults): Promise<DecodeRun> {
  const wanted = decodedAround(capture, rows, near);
  // After the first that did not do it, threads that can be ended.
  let isHere = wanted.reduce((sum, one) => sum + one, 0) <= MOST_HERE;
  const start = (): DecodeThread => (isHere ? ((isHere = false), decodeHere()) : startDecodeThread());
  const end = wanted.lastIndexOf(1) + 1;
  return new Promise((resolve) => {
    const run: DecodeRun = new DecodeRun(capture, {
      start,
      timers: NODE_TIMERS,
      cores: availableParallelism(),
      faults,
      deadline: DECODE_DEADLINE,
      wants: () => (capture.decoded.length < end ? (row) => wanted[row] === 1 : null),
      onProgress: () => capture.decoded.length >= end && resolve(run),
    });
    if (end === 0) resolve(run);
    else run.advance();
  });
}

interface OpenFiles extends CaptureFiles {
  readonly payloads: ReturnType<typeof openToRead>;
}

function openFiles(folder: string): OpenFiles | undefined {
  try {
    return { journal: openToRead(join(folder, "journal")), payloads: openToRead(join(folder, "payloads")) };
  } catch {
    // Whoever opens it for good says why not.
    return undefined;
  }
}
