import { dirname } from "node:path";
import { EXPORT_FORMATS } from "../../format/registry.ts";
import type { ExportFormat } from "../../format/export-format.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { readColumnPaths } from "../../engine/read-column-paths.ts";
import { STANDARD, type AddCommand, type CommandContext } from "../command.ts";
import { isFolderName, makeFolder, placesInDataSet } from "../data-set.ts";
import { exportTo } from "../export-to.ts";
import { whenDecoded, whenFiltered, whenOpened } from "../looking.ts";
import { ofFile, openInput } from "../open-input.ts";
import { ProgressBar } from "../progress-bar.ts";

interface ConvertOptions {
  readonly to?: string;
  readonly filter: string;
  readonly columns: string;
  readonly withSecrets?: boolean;
}

/** `framescope convert`: a capture as a file of another format. */
export const addConvert: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("convert")
    .description(words("node.convert-about"))
    .usage("[options] <in...> <out>")
    .argument("<files...>", words("node.convert-files"))
    .option("--to <format>", words("node.convert-to", { formats: EXPORT_FORMATS.map(({ id }) => id) }))
    .option("--filter <text>", words("node.filter"), "")
    .option("--columns <paths>", words("node.convert-columns"), "")
    .option("--with-secrets", words("node.convert-secrets"))
    .action((paths: readonly string[], options: ConvertOptions) => convertAll(paths, options, context));
};

async function convertAll(paths: readonly string[], options: ConvertOptions, context: CommandContext): Promise<void> {
  const inputs = paths.slice(0, -1);
  const out = paths.at(-1) ?? "";
  const [only] = inputs;
  if (only === undefined) throw new Refusal(say("node.convert-where"));
  const format = formatOf(out, options.to);
  const tellMasked = (isMasked: boolean): void => void (isMasked && context.io.err(context.speaker.words("node.record-masked")));
  if (inputs.length === 1 && !isFolderName(out)) return tellMasked(await convert(only, out, format, options, context));
  let failed = 0;
  let isMasked = false;
  for (const [i, place] of placesInDataSet(inputs, out, format).entries()) {
    const path = inputs[i] ?? "";
    try {
      makeFolder(dirname(place));
      isMasked = (await convert(path, place, format, options, context)) || isMasked;
    } catch (error) {
      // The others are there all the same.
      if (!(error instanceof Refusal)) throw error;
      failed++;
      context.io.err(context.speaker.tell(ofFile(path, error.told)));
    }
  }
  tellMasked(isMasked);
  if (failed > 0) throw new Refusal(say("node.convert-failed", { n: failed, all: inputs.length }));
}

/** Answers whether secrets of it are masked there. */
async function convert(path: string, out: string, format: ExportFormat, { filter, columns, withSecrets = false }: ConvertOptions, context: CommandContext): Promise<boolean> {
  const { io, speaker } = context;
  const asked = readColumnPaths(columns);
  const input = await openInput(path, context, { exports: exportTo(out, io), version: context.version });
  const bar = new ProgressBar(io);
  try {
    await whenOpened(input.engine, context);
    // All of it, in its order, needs no decoding in most formats.
    if (filter !== "" || asked.length > 0 || format.tellsDecoded === true) await whenDecoded(input.engine, context);
    if (filter !== "") await whenFiltered(input.engine, filter);
    const file = await input.engine.call("export", { format: format.id, scope: filter === "" ? "all" : "shown", sensitive: withSecrets, paths: asked }, ({ share }) => bar.show(speaker.words("node.writing", { share }), share));
    bar.clear();
    io.err(speaker.words("node.converted", { name: out === STANDARD ? say("node.standard-output") : out, n: file.frames, bytes: file.bytes }));
    return file.isMasked;
  } finally {
    bar.clear();
    await input.end();
  }
}

/** By the option of this name, else by the name of the file. Throws a `Refusal` where that is none. */
export function formatOf(out: string, to: string | undefined, option = "--to"): ExportFormat {
  const known = EXPORT_FORMATS.find(({ id, extension }) => (to === undefined ? out.toLowerCase().endsWith(`.${extension}`) : id === to));
  const formats = EXPORT_FORMATS.map(({ id }) => id);
  if (known === undefined) throw new Refusal(to === undefined ? say("node.convert-no-extension", { name: out, option, formats }) : say("node.convert-no-format", { name: to, formats }));
  return known;
}
