import { Command, CommanderError } from "commander";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";
import { chooseLanguage, loadSpeaker } from "../words/languages.ts";
import type { CommandIo, ProcessIo } from "./command-io.ts";
import { COMMANDS } from "./command-registry.ts";
import { plain } from "./plain-text.ts";
import { cannotWrite } from "./told-by.ts";

export { COMMANDS, GO_ON } from "./command-registry.ts";
export { removeUnfinished, whenUnfinished } from "./unfinished.ts";

/** What was asked could not be done. */
const REFUSED = 2;

/** Runs the command line; answers the exit code. A bug is thrown. */
export async function main(parameters: readonly string[], process: ProcessIo): Promise<number> {
  const speaker = await loadSpeaker(chooseLanguage("", process.languages));
  const { words } = speaker;
  let isReadOn = true;
  const interrupts = new Set<() => void>();
  const failed = (error: unknown): Refusal => {
    isReadOn &&= !(error instanceof Error && "code" in error && error.code === "EPIPE");
    // What goes on until the user ends it ends then.
    if (!isReadOn) for (const interrupt of interrupts) interrupt();
    return cannotWrite(say("node.standard-output"), error);
  };
  const toStandardOutput =
    <Part>(write: (part: Part) => void) =>
    (part: Part): void => {
      try {
        write(part);
      } catch (error) {
        throw failed(error);
      }
    };
  const io: CommandIo = {
    ...process,
    out: toStandardOutput(process.out),
    write: toStandardOutput(process.write),
    taken: () =>
      process.taken().catch((error: unknown) => {
        throw failed(error);
      }),
    err: (lines) => process.errors(lines.split("\n").map((line) => `${plain(line)}\n`).join("")),
    whenInterrupted: (callback) => {
      const forget = process.whenInterrupted(callback);
      interrupts.add(callback);
      return () => {
        interrupts.delete(callback);
        forget();
      };
    },
  };
  let code = 0;
  const program = new Command("framescope").description(words("node.about")).version(io.version).exitOverride().configureOutput({ writeOut: io.out, writeErr: process.errors });
  const named = COMMANDS[Object.hasOwn(COMMANDS, parameters[0] ?? "") ? (parameters[0] as string) : ""];
  for (const load of named === undefined ? Object.values(COMMANDS) : [named]) (await load())(program, { io, speaker, version: io.version, exitWith: (answer) => (code = answer) });
  try {
    try {
      await program.parseAsync(parameters, { from: "user" });
    } finally {
      // What was printed last may not be written yet.
      await io.taken();
    }
    return isReadOn ? code : 0;
  } catch (error) {
    // Who reads what is written has enough, as `head` has: the command ends as if it were done.
    if (!isReadOn) return 0;
    // Its own words are written by then.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : REFUSED;
    if (!(error instanceof Refusal)) throw error;
    io.err(speaker.tell(error.told));
    return REFUSED;
  }
}
