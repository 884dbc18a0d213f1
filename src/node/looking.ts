import type { Changed } from "../contract/changed.ts";
import { MOST_ROWS, type FrameRow } from "../contract/rows.ts";
import { Refusal } from "../model/refusal.ts";
import type { CommandContext } from "./command.ts";
import type { KeptEngine } from "./kept-engine.ts";
import { ProgressBar } from "./progress-bar.ts";

/** What every command that looks at rows does first: the capture is opened, decoded and filtered. */

/** Resolves once a capture is read back; tells on the way what is wrong with it. */
export async function whenOpened(engine: KeptEngine, { io, speaker }: CommandContext): Promise<Changed> {
  const opened = await engine.until(({ storage, scanned }) => storage.state === "kept" && storage.read === 1 && scanned === 1);
  if (opened.storage.state === "kept" && opened.storage.problem !== null) io.err(`${speaker.tell(opened.storage.problem)}\n`);
  return opened;
}

/** Resolves once every message is decoded. */
export async function whenDecoded(engine: KeptEngine, { io, speaker }: CommandContext): Promise<Changed> {
  const bar = new ProgressBar(io);
  const decoded = await engine.until((changed) => {
    const share = changed.rows === 0 ? 1 : changed.decoded / changed.rows;
    if (share < 1) bar.show(speaker.words("node.decoding", { share }), share);
    return share >= 1;
  });
  bar.clear();
  for (const { where, what, stack } of decoded.faults) io.err(`${[where, what, ...stack].join("\n  ")}\n`);
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

/** The rows shown, a page at a time. */
export async function* pagesOf(engine: KeptEngine, rows: number): AsyncGenerator<readonly FrameRow[], void, void> {
  for (let from = 0; from < rows; from += MOST_ROWS) {
    const { rows: page } = await engine.call("rows", { from, to: Math.min(rows, from + MOST_ROWS) });
    yield page;
  }
}
