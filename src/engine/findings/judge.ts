import { FINDING_WEIGHTS, type Finding } from "../../model/finding.ts";
import { FINDING_RULES } from "./registry.ts";
import { placeOf, type FindingRule, type FoundTogether, type Gathered, type Whole } from "./rule.ts";

const CONNECTIONS_A_TURN = 200;
/** Findings that are kept; a capture of very many connections can have as many. */
const MOST_FINDINGS = 5000;
const MOST_FRAMES = 50;

export interface Judged {
  /** Those of connections to addresses of one pattern as one, whatever their query. */
  readonly together: readonly Finding[];
  /** Each by itself. */
  readonly alone: readonly Finding[];
  /** How many more there would be. */
  readonly more: number;
  /** Rows that were looked through. */
  readonly rows: number;
}

/** What the rules find in what was gathered. Yields between turns. */
export function* judge(gathered: Iterable<Gathered>, whole: Whole, rows: number, rules: readonly FindingRule[] = FINDING_RULES): Generator<void, Judged> {
  const families = new Map<string, Gathered[]>();
  const alone: Finding[] = [];
  const together = new Map<string, Finding>();
  let more = 0;
  const add = (rule: FindingRule, place: string, found: readonly FoundTogether[]): void => {
    for (const one of found) {
      if (alone.length >= MOST_FINDINGS) {
        more++;
        continue;
      }
      const finding = findingOf(rule, one);
      alone.push(finding);
      const key = JSON.stringify([rule.id, place, finding.title, finding.weight]);
      const known = together.get(key);
      together.set(key, known === undefined ? finding : bothOf(known, finding));
    }
  };
  let seen = 0;
  for (const one of gathered) {
    if (++seen % CONNECTIONS_A_TURN === 0) yield;
    const { family } = one;
    const known = families.get(family);
    if (known === undefined) families.set(family, [one]);
    else known.push(one);
    for (const rule of rules) if ("ofConnection" in rule) add(rule, placeOf(family), rule.ofConnection(one, whole).map((found) => ({ ...found, connections: [one.connection.id] })));
  }
  for (const [name, family] of families) {
    if (++seen % CONNECTIONS_A_TURN === 0) yield;
    if (family.length < 2) continue;
    for (const rule of rules) if ("ofFamily" in rule) add(rule, name, rule.ofFamily(family, whole));
  }
  return { together: inOrder([...together.values()]), alone: inOrder(alone), more, rows };
}

function findingOf({ id, group, link }: FindingRule, found: FoundTogether): Finding {
  const { weight, title, said, connections, frames, frameCount } = found;
  return { rule: id, group, weight, title, said, connections, frames: frames.slice(0, MOST_FRAMES), frameCount: frameCount ?? frames.length, link: found.link ?? link };
}

/** What the later says stands for both; the rows of both prove it. */
function bothOf(before: Finding, after: Finding): Finding {
  return {
    ...after,
    connections: [...before.connections, ...after.connections],
    frames: [...before.frames, ...after.frames].slice(0, MOST_FRAMES),
    frameCount: before.frameCount + after.frameCount,
  };
}

/** The gravest first; of one weight in the order in which they were found. */
const inOrder = (findings: readonly Finding[]): readonly Finding[] => findings.toSorted((a, b) => FINDING_WEIGHTS.indexOf(a.weight) - FINDING_WEIGHTS.indexOf(b.weight));
