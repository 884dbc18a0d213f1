import { assertNever } from "../../model/assert-never.ts";
import { textPattern } from "../pattern.ts";
import type { Query, TextQuery } from "../query.ts";
import { JsonProbe } from "./json-probe.ts";
import { MAYBE, SURE, type Probe } from "./probe.ts";

/**
 * A quick test of whole blocks that no matching row fails, or undefined where the query has none: a negation, or a
 * condition that only the row itself can tell.
 */
export function findProbe(query: Query, searchesUrls: boolean): Probe | undefined {
  switch (query.kind) {
    case "text":
      return textProbe(query, searchesUrls);
    case "value":
      return JsonProbe.of(query);
    case "and": {
      const probes = query.parts.flatMap((part) => findProbe(part, searchesUrls) ?? []);
      const best = probes.toSorted((a, b) => a.rank - b.rank)[0];
      return best === undefined ? undefined : withoutSurety(best);
    }
    case "or": {
      const probes = query.parts.map((part) => findProbe(part, searchesUrls));
      return probes.every((probe) => probe !== undefined) ? anyOf(probes) : undefined;
    }
    case "everything":
    case "not":
    case "pattern":
    case "field":
      return undefined;
    default:
      return assertNever(query);
  }
}

function anyOf(probes: readonly Probe[]): Probe {
  return {
    rank: Math.max(...probes.map(({ rank }) => rank)) + 1,
    holdsFor: (connections) => probes.every((probe) => probe.holdsFor(connections)),
    mark: (block, marks, json) => {
      for (const probe of probes) probe.mark(block, marks, json);
    },
  };
}

/** One condition of several: the others are still to be tested. */
function withoutSurety(probe: Probe): Probe {
  return {
    rank: probe.rank,
    holdsFor: (connections) => probe.holdsFor(connections),
    mark: (block, marks, json) => {
      probe.mark(block, marks, json);
      for (let row = 0; row < marks.length; row++) if (marks[row] === SURE) marks[row] = MAYBE;
    },
  };
}

function textProbe({ text }: TextQuery, searchesUrls: boolean): Probe {
  const alone = textPattern(text);
  const everywhere = new RegExp(alone.source, `${alone.flags}g`);
  return {
    // A long text is rarer than a short one.
    rank: 20 - Math.min(10, text.length),
    // Where the URL holds the text, rows match whatever they hold.
    holdsFor: (connections) => !searchesUrls || connections.every(({ url }) => !alone.test(url)),
    mark: (block, marks) => {
      let row = 0;
      everywhere.lastIndex = 0;
      while (everywhere.test(block.text)) {
        const end = everywhere.lastIndex;
        const { ends } = block;
        while ((ends[row] as number) < end) row++;
        const rowStart = row === 0 ? 0 : (ends[row - 1] as number);
        // Simple case folding keeps a text's length. A match that begins in an earlier row is none; neither is any that
        // begins between it and this row, being as long.
        if (end - text.length >= rowStart) {
          marks[row] = SURE;
          everywhere.lastIndex = ends[row] as number;
        } else {
          everywhere.lastIndex = rowStart;
        }
      }
    },
  };
}
