import { whenFiltered } from "../../looking.ts";
import { statisticsJson, statisticsOf } from "../../statistics.ts";
import { fitting } from "../answer.ts";
import { captureInput, filterInput } from "../inputs.ts";
import { tool } from "../tool.ts";

const MOST_LISTED = 50;

export const statistics = tool({
  name: "statistics",
  about: (words) => words("node.mcp-statistics"),
  input: (words) => ({ capture: captureInput(words), filter: filterInput(words) }),
  answer: ({ capture, filter }, captures) =>
    captures.ask(capture, async (engine) => {
      const { rows } = await whenFiltered(engine, filter);
      const { connections, types, ...rest } = statisticsJson(await statisticsOf(engine, rows));
      const told = fitting(connections.slice(0, MOST_LISTED), 0, connections.length);
      return { ...rest, connections: told.items, connectionsLeftOut: told.leftOut?.count ?? 0, types: types.slice(0, MOST_LISTED), typesLeftOut: Math.max(0, types.length - MOST_LISTED) };
    }),
});
