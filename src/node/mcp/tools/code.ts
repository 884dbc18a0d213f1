import { z } from "zod";
import type { Range } from "../../../contract/range.ts";
import { SNIPPET_TARGETS } from "../../../format/snippets/registry.ts";
import { Refusal } from "../../../model/refusal.ts";
import { say } from "../../../model/said.ts";
import { connectionId } from "../../../model/units.ts";
import type { KeptEngine } from "../../kept-engine.ts";
import { pagesOf, whenFiltered } from "../../looking.ts";
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
  // A script names its secrets by variables, as long as it can tell what they are. Messages are found where they are masked:
  // whether a filter matches would tell a secret a letter at a time.
  answer: ({ capture, connection, as: target, messages, from }, captures) =>
    captures.askUnmasked(capture, async (engine, masked) => {
      const chosen = connectionId(connection);
      const of = messages === undefined ? { connection: chosen } : { places: await foundPlaces(masked, `conn:${chosen} (${messages})`) };
      if (messages !== undefined) {
        if (engine.capture.log.length !== masked.capture.log.length) throw new Refusal(say("node.mcp-code-whole"));
        await whenFiltered(engine, "");
      }
      const snippet = await engine.call("snippet", { target, of, withSecrets: captures.withSecrets, withPauses: true, exchanges: [] });
      const { text, leftOut } = piece(snippet.text, from);
      return { code: text, leftOut, messages: snippet.messages, secretsToSet: snippet.secrets };
    }),
});

/** The rows that a filter lets through, which are their places where there is none. */
async function foundPlaces(engine: KeptEngine, filter: string): Promise<Range[]> {
  const { rows } = await whenFiltered(engine, filter);
  const places: Range[] = [];
  for await (const page of pagesOf(engine, rows)) for (const { index } of page) places.push({ from: index, to: index + 1 });
  return places;
}
