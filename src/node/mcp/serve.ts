import { Readable, Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { Refusal } from "../../model/refusal.ts";
import type { CommandContext } from "../command.ts";
import type { OpenCaptures } from "./open-captures.ts";
import type { Tool } from "./tool.ts";
import { TOOLS } from "./tool-registry.ts";

/** Answers an agent over the standard input and output until the input ends. Standard error is a person's. */
export async function serveMcp(captures: OpenCaptures, context: CommandContext): Promise<void> {
  const { io, speaker } = context;
  const { words } = speaker;
  const server = new McpServer({ name: "framescope", version: context.version }, { instructions: words("node.mcp-instructions") });
  for (const tool of TOOLS) if (tool.isOffered?.(captures) ?? true) register(server, tool, captures, context);
  const input = Readable.from(io.input);
  const output = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      io.out(text);
      io.taken().then(() => done(), done);
    },
  });
  await server.connect(new StdioServerTransport(input, output));
  await finished(input, { writable: false }).catch(() => {});
  await server.close();
}

function register(server: McpServer, { name, about, input, answer }: Tool, captures: OpenCaptures, { speaker }: CommandContext): void {
  const { words } = speaker;
  server.registerTool(
    name,
    { description: `${about(words)} ${words("node.mcp-data")}`, inputSchema: input(words), annotations: { readOnlyHint: true, openWorldHint: false } },
    async (given): Promise<{ content: { type: "text"; text: string }[]; isError?: boolean }> => {
      try {
        return { content: [{ type: "text", text: JSON.stringify(await answer(given, captures, speaker)) }] };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { content: [{ type: "text", text: speaker.tell(error.told) }], isError: true };
      }
    },
  );
}
