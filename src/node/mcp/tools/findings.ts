import { MOST_ROWS } from "../../../contract/rows.ts";
import { findingJson } from "../../finding-json.ts";
import { fitting } from "../answer.ts";
import { captureInput, fromInput } from "../inputs.ts";
import { tool } from "../tool.ts";

export const findings = tool({
  name: "findings",
  about: (words) => words("node.mcp-findings"),
  input: (words) => ({ capture: captureInput(words), from: fromInput(words) }),
  answer: ({ capture, from }, captures, speaker) =>
    captures.ask(capture, async (engine) => {
      const { items, total, more } = await engine.call("findings", { connection: null, from, to: from + MOST_ROWS });
      const { items: told, leftOut } = fitting(items.map((finding) => findingJson(finding, speaker)), from, total);
      return { findings: told, leftOut, notKept: more };
    }),
});
