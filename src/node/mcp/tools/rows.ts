import { z } from "zod";
import { whenFiltered } from "../../looking.ts";
import { rowJson } from "../../row-json.ts";
import { fitting } from "../answer.ts";
import { captureInput, filterInput, fromInput } from "../inputs.ts";
import { tool } from "../tool.ts";

const USUAL_ROWS = 50;
const MOST_ROWS = 200;

export const rows = tool({
  name: "rows",
  about: (words) => words("node.mcp-rows"),
  input: (words) => ({
    capture: captureInput(words),
    filter: filterInput(words),
    from: fromInput(words),
    limit: z.int().min(1).max(MOST_ROWS).default(USUAL_ROWS).describe(words("node.mcp-limit")),
  }),
  answer: ({ capture, filter, from, limit }, captures) =>
    captures.ask(capture, async (engine) => {
      const { rows: all, matches } = await whenFiltered(engine, filter);
      const { rows: found } = from < all ? await engine.call("rows", { from, to: Math.min(all, from + limit) }) : { rows: [] };
      const { items, leftOut } = fitting(found.map((row) => ({ ...rowJson(row), preview: row.preview })), from, all);
      return { rows: items, matches, leftOut };
    }),
});
