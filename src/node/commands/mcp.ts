import type { AddCommand, CommandContext } from "../command.ts";
import { expectFile, OpenCaptures } from "../mcp/open-captures.ts";

/** `framescope mcp`: captures for an agent, over the Model Context Protocol. */
export const addMcp: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("mcp")
    .description(words("node.mcp-about"))
    .argument("[files...]", words("node.mcp-files"))
    .option("--with-secrets", words("node.convert-secrets"))
    .action((files: readonly string[], { withSecrets = false }: { readonly withSecrets?: boolean }) => mcp(files, withSecrets, context));
};

async function mcp(files: readonly string[], withSecrets: boolean, context: CommandContext): Promise<void> {
  // Whoever starts it is told now, not the agent later.
  for (const path of files) expectFile(path);
  const captures = new OpenCaptures(files, withSecrets, context);
  // It brings much that no other command needs.
  const { serveMcp } = await import("../mcp/serve.ts");
  try {
    await serveMcp(captures, context);
  } finally {
    await captures.end();
  }
}
