import { join } from "node:path";
import { availableParallelism } from "node:os";
import type { FrameRow } from "../contract/rows.ts";
import type { CaptureFiles } from "../engine/capture-disk.ts";
import { CaptureLog } from "../engine/capture-log.ts";
import { DecodeRun, type DecodeThread } from "../engine/decode-run.ts";
import { DrawnRows } from "../engine/drawn-rows.ts";
import { Looker } from "../engine/looker.ts";
import { quickFilter, quickRows, type QueryContext, type QuickFilter } from "../engine/quick-rows.ts";
import { Scanner } from "../engine/scanner.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { Faults } from "../model/faults.ts";
import { isMessage } from "../model/frame.ts";
import { frameIndex } from "../model/units.ts";
import { placesIn } from "./byte-search.ts";
import type { CommandContext } from "./command.ts";
import { decodedAround, MOST_FOUND, SMALL } from "./decoded-around.ts";
import { prepareDecodeThreads, startLookThread, startScanThread } from "./engine-threads.ts";
import { NODE_TIMERS } from "./node-timers.ts";
import { openToRead } from "./read-file.ts";
import { tellFaults } from "./tell-faults.ts";

/** What a filter lets through of a capture's folder. */
export interface QuickFound {
  readonly capture: CaptureLog;
  readonly rows: readonly FrameRow[];
  /** Messages among them. */
  readonly matches: number;
  readonly end: () => void;
}

/** Pages of payload that stay in memory. */
const BUDGET = 1 << 24;
/** A row has 18 bytes in the journal, and a row may hold what is looked for several times. */
const LEAST_JOURNAL = SMALL * 18;
const MOST_PLACES = MOST_FOUND * 16;

/**
 * The few rows of a large capture that a filter of words lets through, drawn as an engine with a view draws them, without one:
 * what the rows must hold is looked for in the file of payloads, and rows without it are not looked at. Undefined where an engine
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

async function findQuickly(files: CaptureFiles, quick: QuickFilter, { faults, context, ends }: Edges): Promise<Omit<QuickFound, "end"> | undefined> {
  const { payloads } = files;
  // It starts while this thread searches.
  const preparing = prepareDecodeThreads();
  ends.push(() => void preparing.then((start) => start().end(), () => {}));
  const places = placesIn((offset, into) => payloads.read(offset, into), payloads.size, quick.held, MOST_PLACES);
  if (places === undefined) return undefined;
  const capture = new CaptureLog({ kept: files }, BUDGET, faults, context.speaker.tell);
  while (capture.recover());
  const { storage, log, table } = capture;
  // Else places of the file are none of the log.
  const isWhole = storage.state === "kept" && storage.problem === null && payloads.size === log.payloads.length;
  if (!isWhole || log.length <= SMALL) return undefined;
  const began = log.timeAt(frameIndex(0));
  const asked: QueryContext = { start: began, now: table.clock.toMonotonic(NODE_TIMERS.now()) ?? began, anchors: table.clock.anchors, utcOffset: -new Date().getTimezoneOffset(), searchesUrls: true };
  const rows = quickRows(capture, quick, asked, new Set(places.map((place) => rowAt(log, place))));
  if (rows === undefined || rows.length > MOST_FOUND) return undefined;
  const run = await decodeAround(capture, rows, await preparing, faults);
  ends.push(() => run.end());
  // Messages have more to say than stands in them.
  if (!capture.decoded.derived.isEmpty) return undefined;
  tellFaults(faults.list, context.io);
  const looker = new Looker({ start: startLookThread, timers: NODE_TIMERS, faults });
  const scanner = new Scanner({ start: startScanThread, timers: NODE_TIMERS, faults });
  ends.push(() => looker.end(), () => scanner.end());
  const found = rows.map(frameIndex);
  const toDraw = found.map((index, i) => ({ index, message: undefined, before: found[i - 1], isUnfolded: false }));
  const drawn = await new DrawnRows({ capture, looker, scanner, stops: run, faults, changed: () => {} }).draw(toDraw, { filter: { query: quick.query, context: asked }, highlights: [], paths: [] });
  return { capture, rows: drawn, matches: found.filter((index) => isMessage(log.bitsAt(index))).length };
}

/** Decodes what a capture shows of some rows; resolves once that is done. */
function decodeAround(capture: CaptureLog, rows: readonly number[], start: () => DecodeThread, faults: Faults): Promise<DecodeRun> {
  const wanted = decodedAround(capture, rows);
  const end = wanted.lastIndexOf(1) + 1;
  return new Promise((resolve) => {
    const run: DecodeRun = new DecodeRun(capture, {
      start,
      timers: NODE_TIMERS,
      cores: availableParallelism(),
      faults,
      wants: () => (capture.decoded.length < end ? (row) => wanted[row] === 1 : null),
      onProgress: () => capture.decoded.length >= end && resolve(run),
    });
    if (end === 0) resolve(run);
    else run.advance();
  });
}

/** The row whose payload holds a byte of the log's payloads. */
function rowAt(log: FrameLog, place: number): number {
  let low = 0;
  let high = log.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (log.offsetAt(frameIndex(middle)) <= place) low = middle;
    else high = middle;
  }
  return low;
}

function openFiles(folder: string): CaptureFiles | undefined {
  try {
    return { journal: openToRead(join(folder, "journal")), payloads: openToRead(join(folder, "payloads")) };
  } catch {
    // Whoever opens it for good says why not.
    return undefined;
  }
}
