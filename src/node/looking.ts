import type { Changed } from "../contract/changed.ts";
import { MOST_ROWS, type FrameRow } from "../contract/rows.ts";
import { filterAsksDecoding } from "../engine/row-filter.ts";
import { Refusal } from "../model/refusal.ts";
import type { CommandContext } from "./command.ts";
import { decodedAround, MOST_FOUND, SMALL } from "./decoded-around.ts";
import type { KeptEngine } from "./kept-engine.ts";
import { ProgressBar } from "./progress-bar.ts";
import { tellFaults } from "./tell-faults.ts";

/** What every command that looks at rows does first: the capture is opened, decoded and filtered. */

/** Resolves once a capture is read back; tells on the way what is wrong with it. */
export async function whenOpened(engine: KeptEngine, { io, speaker }: CommandContext): Promise<Changed> {
  const opened = await engine.until(({ storage, scanned }) => storage.state === "kept" && storage.read === 1 && scanned === 1);
  if (opened.storage.state === "kept" && opened.storage.problem !== null) io.err(speaker.tell(opened.storage.problem));
  return opened;
}

/** Resolves once every message is decoded. */
export async function whenDecoded(engine: KeptEngine, { io, speaker }: CommandContext): Promise<Changed> {
  const bar = new ProgressBar(io);
  const decoded = await engine.until((changed) => {
    const { length } = engine.capture.log;
    const share = length === 0 ? 1 : changed.decoded / length;
    if (share < 1) bar.show(speaker.words("node.decoding", { share }), share);
    return share >= 1;
  });
  bar.clear();
  tellFaults(decoded.faults, io);
  return decoded;
}

/** What is shown once the filter has looked at every row. Rejects with a `Refusal` where it is none. */
export async function whenFiltered(engine: KeptEngine, filter: string): Promise<Changed> {
  const before = await engine.until(() => true);
  const problem = await engine.call("setScope", { filter, connection: null, sent: true, received: true, sort: null });
  if (problem !== null) throw new Refusal(problem.message);
  const done = await engine.until(({ shown, scanned, filterProblem }) => (shown > before.shown && scanned === 1) || filterProblem !== null);
  if (done.filterProblem !== null) throw new Refusal(done.filterProblem.message);
  return done;
}

/**
 * What a filter lets through, of an engine that decodes on request. Of a large capture no more is decoded than is asked
 * for: where the filter asks nothing of what decoding finds, only what is near the rows found. A connection on which
 * messages have more to say than stands in them (compressed, in pieces) is looked through once more, all decoded.
 */
export async function whenFound(engine: KeptEngine, filter: string, context: CommandContext): Promise<Changed> {
  const all = async (): Promise<Changed> => {
    engine.decode("all");
    await whenDecoded(engine, context);
    return await whenFiltered(engine, filter);
  };
  const { capture } = engine;
  if (capture.log.length <= SMALL || filterAsksDecoding(filter)) return await all();
  const found = await whenFiltered(engine, filter);
  if (found.rows > MOST_FOUND) return await all();
  const rows: number[] = [];
  for await (const page of pagesOf(engine, found.rows)) for (const { index } of page) rows.push(index);
  const wanted = decodedAround(capture, rows);
  engine.decode((row) => wanted[row] === 1);
  await whenDecoded(engine, context);
  return capture.decoded.derived.isEmpty ? found : await all();
}

/** The rows shown, a page at a time. */
export async function* pagesOf(engine: KeptEngine, rows: number): AsyncGenerator<readonly FrameRow[], void, void> {
  for (let from = 0; from < rows; from += MOST_ROWS) {
    const { rows: page } = await engine.call("rows", { from, to: Math.min(rows, from + MOST_ROWS) });
    yield page;
  }
}
