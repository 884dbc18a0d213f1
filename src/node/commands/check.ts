import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { AddCommand, CommandContext } from "../command.ts";
import { whenFound, whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";

interface CheckOptions {
  readonly filter: string;
  readonly expect: string;
  readonly json?: boolean;
}

/** The capture is not as expected. */
const NOT_AS_EXPECTED = 1;

/** `framescope check`: whether as many frames match a filter as are expected, told by the exit code. */
export const addCheck: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("check")
    .description(words("node.check-about"))
    .argument("<file>", words("node.file"))
    .requiredOption("--filter <text>", words("node.filter"))
    .option("--expect <how-many>", words("node.check-expect"), "some")
    .option("--json", words("node.json"))
    .action((path: string, options: CheckOptions) => check(path, options, context));
};

async function check(path: string, { filter, expect, json = false }: CheckOptions, context: CommandContext): Promise<void> {
  if (!/^(none|some|\d{1,15})$/.test(expect)) throw new Refusal(say("node.check-no-expect", { expect }));
  const input = await openInput(path, context, { decoding: "on request" });
  try {
    await whenOpened(input.engine, context);
    const { matches } = await whenFound(input.engine, filter, context);
    const isAsExpected = expect === "some" ? matches > 0 : matches === (expect === "none" ? 0 : Number(expect));
    const { io, speaker, exitWith } = context;
    if (json) io.out(`${JSON.stringify({ matches, expected: expect, ok: isAsExpected })}\n`);
    else io.out(`${speaker.words(isAsExpected ? "node.check-ok" : "node.check-not", { n: matches, expect })}\n`);
    if (!isAsExpected) exitWith(NOT_AS_EXPECTED);
  } finally {
    await input.end();
  }
}
