import { SNIPPET_TARGETS, snippetTarget } from "../../format/snippets/registry.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { chosenConnection } from "../chosen-connection.ts";
import type { AddCommand, CommandContext } from "../command.ts";
import { whenDecoded, whenFiltered, whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";

interface CodeOptions {
  readonly as: string;
  readonly connection?: string;
  /** In the filter language; left out: all that the page sent. */
  readonly messages?: string;
  readonly withSecrets?: boolean;
  readonly atOnce?: boolean;
}

/** `framescope code`: a connection as a script. */
export const addCode: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("code")
    .description(words("node.code-about"))
    .argument("<file>", words("node.file"))
    .requiredOption("--as <what>", words("node.code-as", { targets: targetIds() }))
    .option("--connection <number>", words("node.code-connection"))
    .option("--messages <filter>", words("node.code-messages"))
    .option("--at-once", words("node.code-at-once"))
    .option("--with-secrets", words("node.code-secrets"))
    .action((path: string, options: CodeOptions) => code(path, options, context));
};

const targetIds = (): string => SNIPPET_TARGETS.map(({ id }) => id).join(", ");

async function code(path: string, { as: target, connection, messages, withSecrets = false, atOnce = false }: CodeOptions, context: CommandContext): Promise<void> {
  if (snippetTarget(target) === undefined) throw new Refusal(say("node.code-no-target", { target, targets: targetIds() }));
  const input = await openInput(path, context);
  try {
    const { engine } = input;
    await whenOpened(engine, context);
    await whenDecoded(engine, context);
    const chosen = await chosenConnection(engine, connection);
    const { rows } = await whenFiltered(engine, [`conn:${chosen}`, ...(messages === undefined || messages.trim() === "" ? [] : [`(${messages})`])].join(" "));
    const of = messages === undefined ? { connection: chosen } : { places: [{ from: 0, to: rows }] };
    const { text, secrets } = await engine.call("snippet", { target, of, withSecrets, withPauses: !atOnce, exchanges: [] });
    context.io.out(text);
    if (secrets.length > 0) context.io.err(context.speaker.words("node.code-without", { secrets: [...secrets] }));
  } finally {
    await input.end();
  }
}
