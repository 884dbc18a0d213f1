import type { Changed } from "../contract/changed.ts";
import { MOST_ROWS, type FrameRow } from "../contract/rows.ts";
import { Refusal } from "../model/refusal.ts";
import type { Speaker } from "../words/speaker.ts";
import type { CommandIo } from "./command-io.ts";
import { openKeptEngine, type KeptEngine } from "./kept-engine.ts";

export interface ShowOptions {
  /** In the filter language; empty for all rows. */
  readonly filter: string;
}

/** Prints the rows of a capture's folder that a filter lets through, a line each. Rejects with a `Refusal`. */
export async function show(folder: string, { filter }: ShowOptions, { out, err, columns }: CommandIo, speaker: Speaker): Promise<void> {
  const engine = await openKeptEngine(folder, speaker.tell);
  try {
    const opened = await engine.until(isOpened);
    if (opened.storage.state === "kept" && opened.storage.problem !== null) err(`${speaker.tell(opened.storage.problem)}\n`);
    await engine.until(({ rows, decoded }) => decoded >= rows);
    const { rows, matches, faults } = await applied(engine, filter);
    for (const { where, what, stack } of faults) err(`${[where, what, ...stack].join("\n  ")}\n`);
    const widths = { number: speaker.figures.count(rows).length, columns };
    for (let from = 0; from < rows; from += MOST_ROWS) {
      const { rows: page } = await engine.call("rows", { from, to: Math.min(rows, from + MOST_ROWS) });
      out(page.map((row) => `${lineOf(row, speaker, widths)}\n`).join(""));
    }
    err(`${speaker.words("node.frames", { n: matches, all: opened.frames })}\n`);
  } finally {
    engine.end();
  }
}

const isOpened = ({ storage, scanned }: Changed): boolean => storage.state === "kept" && storage.read === 1 && scanned === 1;

/** What is shown once the filter has looked at every row. */
async function applied(engine: KeptEngine, filter: string): Promise<Changed> {
  const before = await engine.until(() => true);
  const problem = await engine.call("setScope", { filter, connection: null, sent: true, received: true, sort: null });
  if (problem !== null) throw new Refusal(problem.message);
  const done = await engine.until(({ shown, scanned, filterProblem }) => (shown > before.shown && scanned === 1) || filterProblem !== null);
  if (done.filterProblem !== null) throw new Refusal(done.filterProblem.message);
  return done;
}

const ARROWS = { sent: "↑", received: "↓" } as const;
const LABEL_WIDTH = 20;

function lineOf(row: FrameRow, { figures, words }: Speaker, { number, columns }: { readonly number: number; readonly columns: number }): string {
  const time = row.time === null ? figures.since(row.sinceStart) : figures.time(row.time);
  const latency = row.pair?.latency ?? null;
  const head = [figures.count(row.index + 1).padStart(number), time, row.direction === null ? " " : ARROWS[row.direction], fit(row.messages > 0 ? words("table.messages", { n: row.messages }) : row.label, LABEL_WIDTH).padEnd(LABEL_WIDTH)].join("  ");
  const tail = [row.size === null ? "" : figures.bytes(row.size), latency === null ? "" : figures.duration(latency)].filter((part) => part !== "").join("  ");
  const room = Math.max(20, columns - head.length - tail.length - 4);
  return `${head}  ${fit(row.preview, room).padEnd(room)}  ${tail}`.trimEnd();
}

/** What a terminal would take for a command, or for another direction of writing. */
// oxlint-disable-next-line no-control-regex -- these are what it is for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Foreign text as a terminal may have it: one line, nothing that it obeys, cut to a width. */
function fit(text: string, width: number): string {
  const plain = text.replaceAll(CONTROLS, "·");
  return plain.length > width ? `${plain.slice(0, width - 1)}…` : plain;
}
