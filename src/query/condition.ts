import type { DecodedFacts, QueryRow } from "./query-row.ts";

/** What a row's columns say of a condition; `maybe`: only its text or its decoded value can tell. */
export type Verdict = "no" | "yes" | "maybe";

/** What testing costs, in rising order; a cheap condition is asked first. */
export const COSTS = ["columns", "text", "pattern", "decoded"] as const;
export type Cost = (typeof COSTS)[number];

/** One condition, made ready. */
export interface Condition {
  readonly cost: Cost;
  /** Whether `test` may ask for the row's text, for its decoded value. */
  readonly needsText: boolean;
  readonly needsDecoded: boolean;
  /**
   * Reads columns only and runs no pattern of the user's, so it is safe and quick anywhere. `no` and `yes` are what
   * `test` would answer.
   */
  columns(row: QueryRow): Verdict;
  /** The whole truth. May run a pattern of the user's, so it belongs on a thread that can be ended. Never throws. */
  test(row: QueryRow): boolean;
}

/** Decided by the columns alone. */
export function columnCondition(test: (row: QueryRow) => boolean): Condition {
  return {
    cost: "columns",
    needsText: false,
    needsDecoded: false,
    columns: (row) => (test(row) ? "yes" : "no"),
    test,
  };
}

/** About columns, but with a pattern of the user's, which must not run where it cannot be ended. */
export function columnPatternCondition(test: (row: QueryRow) => boolean): Condition {
  return { cost: "pattern", needsText: false, needsDecoded: false, columns: () => "maybe", test };
}

/** About what a decoder says. Only messages are decoded, so the columns know that an event fails. */
export function decodedCondition(test: (facts: DecodedFacts) => boolean): Condition {
  return {
    cost: "decoded",
    needsText: false,
    needsDecoded: true,
    columns: (row) => (row.kind === "message" ? "maybe" : "no"),
    test: (row) => {
      if (row.kind !== "message") return false;
      const facts = row.decoded();
      return facts !== undefined && test(facts);
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

function needsOf(parts: readonly Condition[]): Pick<Condition, "cost" | "needsText" | "needsDecoded"> {
  return {
    cost: COSTS[Math.max(0, ...parts.map(({ cost }) => COSTS.indexOf(cost)))] ?? "columns",
    needsText: parts.some(({ needsText }) => needsText),
    needsDecoded: parts.some(({ needsDecoded }) => needsDecoded),
  };
}
