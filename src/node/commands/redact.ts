import type { ExportProgress } from "../../contract/files.ts";
import { SECRET_KINDS } from "../../format/redact/registry.ts";
import { EXPORT_FORMATS } from "../../format/registry.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { STANDARD, type AddCommand, type CommandContext } from "../command.ts";
import { exportTo } from "../export-to.ts";
import { whenDecoded, whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";
import { ProgressBar } from "../progress-bar.ts";
import { formatOf } from "./convert.ts";

interface RedactOptions {
  readonly to?: string;
  readonly keep: string;
}

const KINDS: readonly string[] = SECRET_KINDS.map(({ id }) => id);

/** `framescope redact`: a capture with its secrets masked, and a list of what was found. */
export const addRedact: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("redact")
    .description(words("node.redact-about"))
    .argument("<in>", words("node.file"))
    .argument("<out>", words("node.convert-out"))
    .option("--to <format>", words("node.convert-to", { formats: EXPORT_FORMATS.map(({ id }) => id) }))
    .option("--keep <kinds>", words("node.redact-keep", { kinds: KINDS }), "")
    .action((path: string, out: string, options: RedactOptions) => redact(path, out, options, context));
};

async function redact(path: string, out: string, { to, keep }: RedactOptions, context: CommandContext): Promise<void> {
  const format = formatOf(out, to);
  const kept = keep.split(",").map((kind) => kind.trim()).filter((kind) => kind !== "");
  const unknown = kept.find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined) throw new Refusal(say("node.redact-no-kind", { kind: unknown, kinds: KINDS }));
  const { io, speaker } = context;
  const { words } = speaker;
  const input = await openInput(path, context, { exports: exportTo(out, io), version: context.version });
  const bar = new ProgressBar(io);
  const show = ({ doing, share }: ExportProgress): void => bar.show(words(doing === "looking" ? "node.looking" : "node.writing", { share }), share);
  try {
    await whenOpened(input.engine, context);
    if (format.tellsDecoded === true) await whenDecoded(input.engine, context);
    const { secrets: found } = await input.engine.call("findSecrets", { capture: null, scope: "all" }, show);
    const file = await input.engine.call("export", { format: format.id, scope: "all", sensitive: false, keep: kept }, show);
    bar.clear();
    if (found.length === 0) io.err(words("node.redact-none"));
    for (const { kind, name, found: n, distinct } of found) {
      const values = { name, count: say("menu.export-count", { n, different: distinct }) };
      io.err(kept.includes(kind) ? words("node.redact-kept", values) : words("node.redact-masked", values));
    }
    io.err(words("node.converted", { name: out === STANDARD ? say("node.standard-output") : out, n: file.frames, bytes: file.bytes }));
  } finally {
    bar.clear();
    await input.end();
  }
}
