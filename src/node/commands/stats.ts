import type { AddCommand, CommandContext } from "../command.ts";
import { whenDecoded, whenFiltered, whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";
import { plain } from "../plain-text.ts";
import { rateOf, statisticsJson, statisticsOf } from "../statistics.ts";

interface StatsOptions {
  readonly filter: string;
  readonly json?: boolean;
}

const LISTED_TYPES = 30;

/** `framescope stats`: connections, rates, types, latencies, endings. */
export const addStats: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("stats")
    .description(words("node.stats-about"))
    .argument("<file>", words("node.file"))
    .option("--filter <text>", words("node.filter"), "")
    .option("--json", words("node.json"))
    .action((path: string, options: StatsOptions) => stats(path, options, context));
};

async function stats(path: string, { filter, json = false }: StatsOptions, context: CommandContext): Promise<void> {
  const input = await openInput(path, context);
  try {
    await whenOpened(input.engine, context);
    await whenDecoded(input.engine, context);
    const { rows } = await whenFiltered(input.engine, filter);
    const statistics = await statisticsOf(input.engine, rows);
    if (json) context.io.out(`${JSON.stringify(statisticsJson(statistics), null, 2)}\n`);
    else context.io.out(`${linesOf(statistics, context).join("\n")}\n`);
  } finally {
    await input.end();
  }
}

function linesOf({ counted, connections }: Awaited<ReturnType<typeof statisticsOf>>, { speaker: { words, figures, tell } }: CommandContext): string[] {
  const lines = [words("node.stats-total", { n: counted.frames, connections: connections.length }), ""];
  for (const { id, root, url, ending, state } of connections) {
    const known = counted.connections.get(root) ?? { sent: 0, received: 0, bytes: 0, first: 0, last: 0 };
    const rate = figures.rate(rateOf(known.sent + known.received, known.last - known.first));
    lines.push(
      `${figures.count(id)}  ${plain(url)}`,
      `   ↑ ${figures.count(known.sent)}  ↓ ${figures.count(known.received)}  ${figures.bytes(known.bytes)}  ${figures.duration(known.last - known.first)}  ${rate}`,
      `   ${plain(tell(ending)) || state}`,
    );
  }
  const types = counted.typeRows();
  const listed = types.slice(0, LISTED_TYPES);
  const width = Math.max(0, ...listed.map(({ type }) => plain(type).length));
  lines.push("");
  for (const { type, frames, bytes, errors, latency } of listed) {
    const told = latency === null ? [] : [words("node.stats-latency", { median: latency.median, most: latency.p95, longest: latency.max })];
    if (errors > 0) told.push(words("node.stats-errors", { n: errors }));
    lines.push([plain(type).padEnd(width), figures.count(frames).padStart(10), figures.bytes(bytes).padStart(9), ...told].join("  ").trimEnd());
  }
  const more = types.length - listed.length;
  if (more > 0) lines.push(words("node.stats-more", { n: more }));
  return lines;
}
