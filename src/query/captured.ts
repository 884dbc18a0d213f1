import type { ConnectionFacts } from "./query-row.ts";

/** Something that stands in the capture, and how many rows have it. */
export interface CapturedValue {
  readonly value: string;
  readonly count: number;
}

/** What is really in the capture, for fields that offer values of it and for whoever else completes a filter. */
export interface CapturedFacts {
  /** Every connection, with the messages that passed over it. */
  connections(): Iterable<{ readonly facts: ConnectionFacts; readonly frames: number }>;
  /** What stands in the Type column. */
  labels(): Iterable<CapturedValue>;
  /** Topics, as decoders told them. */
  topics(): Iterable<CapturedValue>;
  /** Paths that values inside messages stand at, as `.user.name`. */
  paths(): Iterable<CapturedValue>;
}

/** The values of a field that asks the row's connection; connections of which `read` answers nothing have none. */
export function* connectionValues(capture: CapturedFacts, read: (facts: ConnectionFacts) => string | undefined): Iterable<CapturedValue> {
  for (const { facts, frames } of capture.connections()) {
    const value = read(facts);
    if (value !== undefined && value !== "") yield { value, count: frames };
  }
}

/** Each value once, the most frequent first. */
export function countValues(values: Iterable<CapturedValue>): readonly CapturedValue[] {
  const counts = new Map<string, number>();
  for (const { value, count } of values) counts.set(value, (counts.get(value) ?? 0) + count);
  return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
}
