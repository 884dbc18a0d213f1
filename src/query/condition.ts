import type { DecodedFacts, QueryRow } from "./query-row.ts";

/** What a row's columns say of a condition; `maybe`: only its text or its decoded value can tell. */
export type Verdict = "no" | "yes" | "maybe";

/** What testing costs, in rising order; a cheap condition is asked first. */
const COSTS = ["columns", "text", "pattern", "decoded"] as const;
export type Cost = (typeof COSTS)[number];

/**
 * What a condition reads besides the columns that a row has from its arrival:
 * `text` and `decoded` cost `test` the payload; `labels` are the columns that hold what the decoder said, which follow
 * the log, so rows that decoding has not reached should wait, and so are `ids`, those of topics and ids; `pairs` (pair state and latency) and `pins` can change long after the row came, so a row that was tested
 * must be tested again when they do.
 */
const NEEDS = ["text", "decoded", "labels", "ids", "pairs", "pins"] as const;
export type Need = (typeof NEEDS)[number];

/** One condition, made ready. */
export interface Condition {
  readonly cost: Cost;
  readonly needs: ReadonlySet<Need>;
  /**
   * Reads columns only and runs no pattern of the user's, so it is safe and quick anywhere. `no` and `yes` are what
   * `test` would answer.
   */
  columns(row: QueryRow): Verdict;
  /** The whole truth. May run a pattern of the user's, so it belongs on a thread that can be ended. Never throws. */
  test(row: QueryRow): boolean;
}

/** Decided by the columns alone. */
export function columnCondition(test: (row: QueryRow) => boolean, ...needs: readonly Need[]): Condition {
  return {
    cost: "columns",
    needs: new Set(needs),
    columns: (row) => (test(row) ? "yes" : "no"),
    test,
  };
}

/** About columns, but with a pattern of the user's, which must not run where it cannot be ended. */
export function columnPatternCondition(test: (row: QueryRow) => boolean): Condition {
  return { cost: "pattern", needs: new Set(), columns: () => "maybe", test };
}

/**
 * About what a decoder says and no column holds. Only messages are decoded, so the columns know that an event fails, and
 * a message that no decoder took.
 */
export function decodedCondition(test: (facts: DecodedFacts) => boolean): Condition {
  return {
    cost: "decoded",
    needs: new Set<Need>(["decoded", "labels"]),
    columns: canBeDecoded,
    test: (row) => {
      const facts = row.kind === "message" ? row.decoded() : undefined;
      return facts !== undefined && test(facts);
    },
  };
}

/** The verdict of the columns on a condition about the decoded value. */
export function canBeDecoded(row: QueryRow): Verdict {
  return row.kind !== "message" || (row.isDecoded && row.decoder === "") ? "no" : "maybe";
}

/** What a decoder says of a message, as far as the log's columns have it. */
export type LabelFacts = Pick<DecodedFacts, "decoder" | "label"> & { readonly kind: DecodedFacts["kind"] | null };

/**
 * About what the log's columns hold of decoding; where they do not yet, the message is decoded. `test` gets undefined
 * for a message that no decoder took, and is asked about messages only. `isPattern`: it runs a pattern of the user's.
 */
export function labelCondition(isPattern: boolean, test: (facts: LabelFacts | undefined, row: QueryRow) => boolean): Condition {
  const passes = (row: QueryRow): boolean => {
    if (row.kind !== "message") return false;
    if (!row.isDecoded) return test(row.decoded(), row);
    return test(row.decoder === "" ? undefined : { decoder: row.decoder, label: row.label, kind: row.messageKind }, row);
  };
  return {
    cost: isPattern ? "pattern" : "text",
    needs: new Set<Need>(["labels"]),
    columns: (row) => {
      if (row.kind !== "message") return "no";
      return isPattern || !row.isDecoded ? "maybe" : passes(row) ? "yes" : "no";
    },
    test: passes,
  };
}

/**
 * Whether one of a message's texts passes that the log's columns hold; where they do not, its message is decoded. `test`
 * gets undefined where the message has none, and is asked about messages only that a decoder took.
 */
export function keptCondition(isPattern: boolean, keys: readonly ("topic" | "id" | "answers")[], test: (text: string | undefined) => boolean): Condition {
  return {
    cost: isPattern ? "pattern" : "text",
    needs: new Set<Need>(["decoded", "labels", "ids"]),
    columns: (row) => {
      if (isPattern || !row.isDecoded) return canBeDecoded(row);
      if (canBeDecoded(row) === "no") return "no";
      let verdict: Verdict = "no";
      for (const key of keys) {
        const kept = row[key];
        if (kept === null) verdict = "maybe";
        else if (test(kept)) return "yes";
      }
      return verdict;
    },
    test: (row) => {
      if (canBeDecoded(row) === "no") return false;
      return keys.some((key) => {
        const kept = row.isDecoded ? row[key] : null;
        if (kept !== null) return test(kept);
        const facts = row.decoded();
        return facts !== undefined && test(facts[key]);
      });
    },
  };
}

/** All of them; the cheap ones are asked first. */
export function everyCondition(parts: readonly Condition[]): Condition {
  const ordered = cheapFirst(parts);
  return {
    ...needsOf(ordered),
    columns: (row) => {
      let verdict: Verdict = "yes";
      for (const part of ordered) {
        const next = part.columns(row);
        if (next === "no") return "no";
        if (next === "maybe") verdict = "maybe";
      }
      return verdict;
    },
    test: (row) => {
      for (const part of ordered) if (!part.test(row)) return false;
      return true;
    },
  };
}

/** One of them; the cheap ones are asked first. */
export function someCondition(parts: readonly Condition[]): Condition {
  const ordered = cheapFirst(parts);
  return {
    ...needsOf(ordered),
    columns: (row) => {
      let verdict: Verdict = "no";
      for (const part of ordered) {
        const next = part.columns(row);
        if (next === "yes") return "yes";
        if (next === "maybe") verdict = "maybe";
      }
      return verdict;
    },
    test: (row) => {
      for (const part of ordered) if (part.test(row)) return true;
      return false;
    },
  };
}

export function notCondition(part: Condition): Condition {
  return {
    ...needsOf([part]),
    columns: (row) => OPPOSITE[part.columns(row)],
    test: (row) => !part.test(row),
  };
}

const OPPOSITE: Readonly<Record<Verdict, Verdict>> = { no: "yes", maybe: "maybe", yes: "no" };

function cheapFirst(parts: readonly Condition[]): readonly Condition[] {
  return parts.toSorted((a, b) => COSTS.indexOf(a.cost) - COSTS.indexOf(b.cost));
}

function needsOf(parts: readonly Condition[]): Pick<Condition, "cost" | "needs"> {
  return {
    cost: COSTS[Math.max(0, ...parts.map(({ cost }) => COSTS.indexOf(cost)))] ?? "columns",
    needs: new Set(parts.flatMap(({ needs }) => [...needs])),
  };
}
