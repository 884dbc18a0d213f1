import { z } from "zod";
import { connectionId } from "../../../model/units.ts";
import { compareInTurns, differenceJson } from "../../differences.ts";
import { fitting } from "../answer.ts";
import { captureInput, connectionInput, fromInput } from "../inputs.ts";
import { tool } from "../tool.ts";

/** Of each connection; the counts are of all. */
const MOST_LISTED = 10;
const MOST_VALUES = 5;
const MOST_FACTS = 20;

export const compare = tool({
  name: "compare",
  about: (words) => words("node.mcp-compare"),
  input: (words) => ({
    before: captureInput(words),
    after: captureInput(words),
    connectionBefore: connectionInput(words).optional(),
    connectionAfter: connectionInput(words).optional(),
    ignore: z.string().max(10_000).default("").describe(words("node.diff-ignore")),
    from: fromInput(words),
  }),
  answer: ({ before, after, connectionBefore, connectionAfter, ignore, from }, captures, speaker) =>
    captures.askBoth(before, after, async (one, other) => {
      const side = (capture: typeof one.capture, connection: number | undefined) => ({ capture, connection: connection === undefined ? undefined : connectionId(connection) });
      const { differ, connections } = await compareInTurns(side(one.capture, connectionBefore), side(other.capture, connectionAfter), ignore, () => {});
      const told = connections.slice(from).map((connection) => {
        const listed = connection.differences.slice(0, MOST_LISTED).map(({ values, moreValues, ...message }) => ({ ...message, values: values.slice(0, MOST_VALUES), moreValues: moreValues + Math.max(0, values.length - MOST_VALUES) }));
        const { differences, facts, paths, ...rest } = differenceJson({ ...connection, differences: listed }, speaker);
        const shown = fitting(facts.slice(0, MOST_FACTS), 0, facts.length);
        return { ...rest, facts: shown.items, factsLeftOut: shown.leftOut?.count ?? 0, paths: paths.slice(0, MOST_FACTS), differences, differencesLeftOut: connection.changed + connection.onlyBefore + connection.onlyAfter - differences.length };
      });
      const { items, leftOut } = fitting(told, from, connections.length);
      return { differ, connections: items, leftOut };
    }),
});
