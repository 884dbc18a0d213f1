import { Command, CommanderError } from "commander";
import { Refusal } from "../model/refusal.ts";
import { chooseLanguage, loadSpeaker } from "../words/languages.ts";
import type { CommandIo } from "./command-io.ts";
import { show, type ShowOptions } from "./show.ts";

/** What was asked could not be done. */
const REFUSED = 1;

/** Runs the command line; answers the exit code. A bug is thrown. */
export async function main(parameters: readonly string[], io: CommandIo): Promise<number> {
  const speaker = await loadSpeaker(chooseLanguage("", io.languages));
  const { words } = speaker;
  const program = new Command("framescope").description(words("node.about")).exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
  program
    .command("show")
    .description(words("node.show-about"))
    .argument("<folder>", words("node.show-folder"))
    .option("--filter <text>", words("node.show-filter"), "")
    .action((folder: string, options: ShowOptions) => show(folder, options, io, speaker));
  try {
    await program.parseAsync(parameters, { from: "user" });
    return 0;
  } catch (error) {
    // Its own words are written by then.
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof Refusal)) throw error;
    io.err(`${speaker.tell(error.told)}\n`);
    return REFUSED;
  }
}
