import type { CapturedFacts } from "../captured.ts";
import { MOST_LENGTH, parseQuery } from "../parse.ts";
import { printQuery } from "../print.ts";
import type { Query } from "../query.ts";
import { readJq } from "./jq.ts";
import { LenientReader } from "./lenient-reader.ts";
import { nearValues } from "./near-values.ts";
import { unwrap } from "./unwrap.ts";

const MOST_OFFERS = 3;
/** Of a longer text nobody reads an offer. */
const LONGEST = 1_000;

/**
 * Filters that may be meant by a text that is none, or that finds no row: what other tools' languages, and slips of the
 * hand, look like in this one. Each is a filter, none says what the text says already; the likeliest first. Never throws.
 * Cost: a few readings of the text, and what the capture has of the fields and paths in it.
 */
export function correctFilter(text: string, facts: CapturedFacts): readonly string[] {
  if (text.trim() === "" || text.length > Math.min(LONGEST, MOST_LENGTH)) return [];
  const parsed = parseQuery(text);
  const typed = "query" in parsed ? printQuery(parsed.query) : null;
  const offers = new Set<string>();
  for (const query of meaningsOf(text, facts)) {
    const offer = printQuery(query);
    const read = parseQuery(offer);
    // Printing is one text for one query: what reads as another is not offered.
    if (offer !== "" && offer !== typed && "query" in read && printQuery(read.query) === offer) offers.add(offer);
    if (offers.size === MOST_OFFERS) break;
  }
  return [...offers];
}

function* meaningsOf(typed: string, facts: CapturedFacts): Iterable<Query> {
  const text = unwrap(typed);
  const jq = readJq(text, facts, (condition) => firstMeaning(condition, facts));
  if (jq !== undefined) return yield* nearValues(jq, facts);
  const counts: number[] = [];
  const first = new LenientReader(text, facts, (meanings, condition) => {
    counts[condition] = meanings.length;
    return meanings[0];
  }).read();
  if (first !== undefined) yield first;
  // Then one condition at a time in another meaning.
  for (const [varied, count] of counts.entries()) {
    for (let meaning = 1; meaning < count; meaning++) {
      const other = new LenientReader(text, facts, (meanings, condition) => meanings[condition === varied ? meaning : 0]).read();
      if (other !== undefined) yield other;
    }
  }
}

const firstMeaning = (text: string, facts: CapturedFacts): Query | undefined => new LenientReader(text, facts, ([first]) => first).read();
