import { assertNever } from "../model/assert-never.ts";
import type { Filter } from "./filter.ts";

/** A filter made ready to test texts. */
export interface Matcher {
  test(text: string): boolean;
  /** Where it matches in `text`: from, to, from, to …; at most `MOST_MARKS` places. */
  marks(text: string): number[];
}

const MOST_MARKS = 50;

/** Throws on a pattern that `parseFilter` would have refused. */
export function compileFilter(filter: Filter): Matcher {
  switch (filter.kind) {
    case "everything":
      return { test: () => true, marks: () => [] };
    case "text":
      return patternMatcher(escapePattern(filter.text), "iu");
    case "pattern":
      return patternMatcher(filter.source, filter.flags);
    default:
      return assertNever(filter);
  }
}

function patternMatcher(source: string, flags: string): Matcher {
  const pattern = new RegExp(source, flags);
  const everywhere = new RegExp(source, `${flags}g`);
  return {
    test: (text) => pattern.test(text),
    marks: (text) => {
      const marks: number[] = [];
      for (const found of text.matchAll(everywhere)) {
        // An empty match marks nothing that could be seen.
        if (found[0] !== "") marks.push(found.index, found.index + found[0].length);
        if (marks.length >= MOST_MARKS * 2) break;
      }
      return marks;
    },
  };
}

/** Under the `u` flag only syntax characters may be escaped, so just those are. */
function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
