import { accessSync, constants } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ExportFormat } from "../format/export-format.ts";
import { say } from "../model/said.ts";
import { STANDARD, type CommandContext } from "./command.ts";
import type { KeptEngine } from "./kept-engine.ts";
import { whenDecoded } from "./looking.ts";
import { ProgressBar } from "./progress-bar.ts";
import { cannotWrite } from "./told-by.ts";

/** What a command that captures is told of where it writes. */
export interface WriteOptions {
  readonly out: string;
  readonly withSecrets?: boolean;
  /** Values that are secrets, whatever they are called. */
  readonly hidden?: readonly string[];
}

/** Before anything is recorded: a place where nothing can be written is told now. */
export function expectWritable(out: string): void {
  if (out === STANDARD) return;
  try {
    accessSync(dirname(resolve(out)), constants.W_OK);
  } catch (error) {
    throw cannotWrite(out, error);
  }
}

/** Writes all of a capture to the place that the engine's exports go to, and tells so. */
export async function writeOut(engine: KeptEngine, format: ExportFormat, { out, withSecrets = false, hidden }: WriteOptions, context: CommandContext): Promise<void> {
  const { io, speaker } = context;
  const bar = new ProgressBar(io);
  try {
    if (format.tellsDecoded === true) await whenDecoded(engine, context);
    const file = await engine.call("export", { format: format.id, scope: "all", sensitive: withSecrets, hidden }, ({ share }) => bar.show(speaker.words("node.writing", { share }), share));
    bar.clear();
    io.err(speaker.words("node.converted", { name: out === STANDARD ? say("node.standard-output") : out, n: file.frames, bytes: file.bytes }));
    if (file.isMasked) io.err(speaker.words("node.record-masked"));
  } finally {
    bar.clear();
  }
}
