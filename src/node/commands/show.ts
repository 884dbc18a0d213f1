import type { AddCommand, CommandContext } from "../command.ts";
import { pagesOf, whenFound, whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";
import { collect, readByOpened, type SchemaOptions } from "../read-by-schema.ts";
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
  const { io, speaker } = context;
  const input = await openInput(path, context, { decoding: "on request" });
  try {
    const { engine } = input;
    const opened = await whenOpened(engine, context);
    await readByOpened(engine, schema);
    const { rows, matches } = await whenFound(engine, filter, context);
    const widths = { number: speaker.figures.count(rows).length, columns: io.columns };
    for await (const page of pagesOf(engine, rows)) {
      if (json) for (const row of page) io.out(`${JSON.stringify(await rowObject(row, engine))}\n`);
      else io.out(page.map((row) => `${lineOf(row, speaker, widths)}\n`).join(""));
    }
    io.err(`${speaker.words("node.frames", { n: matches, all: opened.frames })}\n`);
  } finally {
    await input.end();
  }
}
