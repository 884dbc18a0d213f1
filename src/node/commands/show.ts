import type { AddCommand, CommandContext } from "../command.ts";
import type { CaptureLog } from "../../engine/capture-log.ts";
import { collect } from "../collect.ts";
import { isFolder } from "../is-folder.ts";
import type { QuickFound } from "../quick-found.ts";
import type { SchemaOptions } from "../read-by-schema.ts";
import { lineOf, rowObject } from "../row-line.ts";

interface ShowOptions extends SchemaOptions {
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
    .option("--proto <file>", words("node.proto"), collect, [])
    .option("--message <rule>", words("node.proto-message"), collect, [])
    .option("--delimited", words("node.proto-delimited"))
    .action((path: string, options: ShowOptions) => show(path, options, context));
};

async function show(path: string, { filter, json = false, ...schema }: ShowOptions, context: CommandContext): Promise<void> {
  const quick = filter !== "" && schema.proto.length === 0 && isFolder(path) ? await (await import("../quick-found.ts")).quickFound(path, filter, context) : undefined;
  if (quick === undefined) return await showByEngine(path, { filter, json, ...schema }, context);
  try {
    const { capture, rows, matches, frames } = quick;
    await print(rows, { rows: rows.length, capture, json }, context);
    tellCount(matches, frames, context);
  } finally {
    quick.end();
  }
}

async function showByEngine(path: string, { filter, json = false, ...schema }: ShowOptions, context: CommandContext): Promise<void> {
  // Most of what there is to load is the engine.
  const [{ openInput }, { pagesOf, whenFound, whenOpened }, { readByOpened }] = await Promise.all([import("../open-input.ts"), import("../looking.ts"), import("../read-by-schema.ts")]);
  const input = await openInput(path, context, { decoding: "on request" });
  try {
    const { engine } = input;
    await whenOpened(engine, context);
    await readByOpened(engine, schema);
    const { rows, matches } = await whenFound(engine, filter, context);
    for await (const page of pagesOf(engine, rows)) await print(page.map((row) => ({ row, at: row.index })), { rows, capture: engine.capture, json }, context);
    tellCount(matches, engine.capture.log.messages, context);
  } finally {
    await input.end();
  }
}

interface Printed {
  /** How many there are altogether. */
  readonly rows: number;
  readonly capture: CaptureLog;
  readonly json: boolean;
}

/** What nobody reads yet is not gathered. */
async function print(page: QuickFound["rows"], { rows, capture, json }: Printed, { io, speaker }: CommandContext): Promise<void> {
  const widths = { number: speaker.figures.count(rows).length, columns: io.columns };
  if (!json) io.out(page.map(({ row }) => `${lineOf(row, speaker, widths)}\n`).join(""));
  // Payloads are whole then, and may be long.
  else {
    for (const { row, at } of page) {
      io.out(`${JSON.stringify(rowObject(row, capture, at))}\n`);
      await io.taken();
    }
  }
  await io.taken();
}

function tellCount(matches: number, all: number, { io, speaker }: CommandContext): void {
  io.err(speaker.words("node.frames", { n: matches, all }));
}
