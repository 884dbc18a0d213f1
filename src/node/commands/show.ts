import type { FrameRow } from "../../contract/rows.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { AddCommand, CommandContext } from "../command.ts";
import type { KeptEngine } from "../kept-engine.ts";
import { pagesOf, whenFound, whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";
import { plain } from "../plain-text.ts";
import { rowJson } from "../row-json.ts";

interface ShowOptions {
  /** In the filter language; empty for all rows. */
  readonly filter: string;
  readonly json?: boolean;
}

/** `framescope show`: the rows that a filter lets through, a line each. */
export const addShow: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("show")
    .description(words("node.show-about"))
    .argument("<file>", words("node.file"))
    .option("--filter <text>", words("node.filter"), "")
    .option("--json", words("node.show-json"))
    .action((path: string, options: ShowOptions) => show(path, options, context));
};

async function show(path: string, { filter, json = false }: ShowOptions, context: CommandContext): Promise<void> {
  const { io, speaker } = context;
  const input = await openInput(path, context, { decoding: "on request" });
  try {
    const { engine } = input;
    const opened = await whenOpened(engine, context);
    const { rows, matches } = await whenFound(engine, filter, context);
    const widths = { number: speaker.figures.count(rows).length, columns: io.columns };
    for await (const page of pagesOf(engine, rows)) {
      if (json) for (const row of page) io.out(`${JSON.stringify(await jsonOf(row, engine))}\n`);
      else io.out(page.map((row) => `${lineOf(row, speaker, widths)}\n`).join(""));
    }
    io.err(`${speaker.words("node.frames", { n: matches, all: opened.frames })}\n`);
  } finally {
    await input.end();
  }
}

/** A row as a script reads it: all of it, under names that stay. */
async function jsonOf(row: FrameRow, engine: KeptEngine): Promise<object> {
  const details = row.kind === "message" ? await engine.call("inspect", { frame: row.index, columns: 80 }) : null;
  const isText = details === null || details.textLines !== null;
  return {
    ...rowJson(row),
    url: row.url,
    opcode: details?.opcode ?? null,
    ...(row.kind !== "message" ? { text: row.preview } : row.size === null ? {} : { [isText ? "text" : "base64"]: await engine.call("payloadText", { frame: row.index }) }),
  };
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

/** Foreign text on one line, cut to a width. */
function fit(text: string, width: number): string {
  const line = plain(text);
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
