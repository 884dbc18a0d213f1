import { z } from "zod";
import { SNIPPET_TARGETS } from "../../../format/snippets/registry.ts";
import { connectionId } from "../../../model/units.ts";
import { whenFiltered } from "../../looking.ts";
import { piece } from "../answer.ts";
import { captureInput, connectionInput, fromInput } from "../inputs.ts";
import { tool } from "../tool.ts";

const TARGETS = SNIPPET_TARGETS.map(({ id }) => id);

export const code = tool({
  name: "code",
  about: (words) => words("node.mcp-code"),
  input: (words) => ({
    capture: captureInput(words),
    connection: connectionInput(words),
    as: z.enum(TARGETS as [string, ...string[]]).describe(words("node.code-as", { targets: TARGETS.join(", ") })),
    messages: z.string().max(10_000).optional().describe(words("node.code-messages")),
    from: fromInput(words),
  }),
  // A script names its secrets by variables, as long as it can tell what they are.
  answer: ({ capture, connection, as: target, messages, from }, captures) =>
    captures.askUnmasked(capture, async (engine) => {
      const chosen = connectionId(connection);
      const { rows } = await whenFiltered(engine, [`conn:${chosen}`, ...(messages === undefined ? [] : [`(${messages})`])].join(" "));
      const of = messages === undefined ? { connection: chosen } : { places: [{ from: 0, to: rows }] };
      const snippet = await engine.call("snippet", { target, of, withSecrets: captures.withSecrets, withPauses: true, exchanges: [] });
      const { text, leftOut } = piece(snippet.text, from);
      return { code: text, leftOut, messages: snippet.messages, secretsToSet: snippet.secrets };
    }),
});
