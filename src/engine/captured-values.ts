import { OPCODE_TEXT, opcodeOf, isMessage } from "../model/frame.ts";
import { frameIndex } from "../model/units.ts";
import { say } from "../model/said.ts";
import type { CapturedFacts } from "../query/captured.ts";
import { completeQuery } from "../query/complete.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { Completion } from "../contract/rows.ts";
import { factsOf } from "./connection-facts.ts";
import { decoderAt } from "./decoded-row.ts";

/** The latest messages whose keys are offered. */
const SAMPLED_MESSAGES = 200;
/** Where so many rows hold no JSON, those before them are not looked at. */
const LOOKED_AT = 50_000;
/** A longer message is no sample: reading it would take longer than typing. */
const MOST_SAMPLED_BYTES = 1 << 16;
const MOST_DEPTH = 4;

/** Suggestions for the filter box. Cost: one pass over the connections or the labels, or a few hundred messages. */
export function completions(text: string, at: number, capture: CaptureLog): readonly Completion[] {
  const facts = new Captured(capture);
  const found = completeQuery(text, at, facts);
  if (found === undefined) return [];
  return found.options.map(({ kind, insert, detail, count }) => ({
    from: found.from,
    to: found.to,
    text: insert,
    detail: count === null ? detail : kind === "path" ? say("query.in-sample", { n: count, all: facts.sampled }) : say("query.in-frames", { n: count }),
  }));
}

/** What of a capture a filter can name. */
export class Captured implements CapturedFacts {
  readonly #capture: CaptureLog;
  #paths: ReturnType<typeof pathCounts> | undefined;

  constructor(capture: CaptureLog) {
    this.#capture = capture;
  }

  /** Messages whose paths were looked at. */
  get sampled(): number {
    return this.#paths?.sampled ?? 0;
  }

  connections(): ReturnType<CapturedFacts["connections"]> {
    return connectionsOf(this.#capture);
  }

  labels(): ReturnType<CapturedFacts["labels"]> {
    return labelsOf(this.#capture);
  }

  topics(): ReturnType<CapturedFacts["topics"]> {
    return topicsOf(this.#capture);
  }

  paths(): ReturnType<CapturedFacts["paths"]> {
    this.#paths ??= pathCounts(this.#capture);
    return [...this.#paths.counts].map(([value, count]) => ({ value, count }));
  }
}

function* connectionsOf({ table, traffic }: CaptureLog): ReturnType<CapturedFacts["connections"]> {
  for (const id of table.connections.keys()) yield { facts: factsOf(table, id), frames: traffic.of(id)?.frames ?? 0 };
}

function* labelsOf({ decoded: { names, counts } }: CaptureLog): ReturnType<CapturedFacts["labels"]> {
  for (const [id, value] of names.entries()) if (value !== "") yield { value, count: counts[id] ?? 0 };
}

function* topicsOf({ decoded: { topicNames, topicCounts } }: CaptureLog): ReturnType<CapturedFacts["topics"]> {
  for (const [code, value] of topicNames.entries()) if (value !== "") yield { value, count: topicCounts[code] ?? 0 };
}

/** Paths of the latest JSON messages, each with the number of messages that have it. */
function pathCounts(capture: CaptureLog): { readonly counts: ReadonlyMap<string, number>; readonly sampled: number } {
  const { log } = capture;
  const counts = new Map<string, number>();
  const decoder = new TextDecoder();
  let sampled = 0;
  const furthest = Math.max(0, log.length - LOOKED_AT);
  for (let row = log.length - 1; row >= furthest && sampled < SAMPLED_MESSAGES; row--) {
    const index = frameIndex(row);
    const bits = log.bitsAt(index);
    if (!isMessage(bits) || opcodeOf(bits) !== OPCODE_TEXT || log.lengthAt(index) > MOST_SAMPLED_BYTES) continue;
    if (decoderAt(capture, index)?.bodyIsText !== true) continue;
    sampled++;
    const paths = new Set<string>();
    collectPaths(parseJson(decoder.decode(log.payloadAt(index))), "", 0, paths);
    for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return { counts, sampled };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function collectPaths(value: unknown, path: string, depth: number, paths: Set<string>): void {
  if (typeof value !== "object" || value === null || depth === MOST_DEPTH) return;
  if (Array.isArray(value)) {
    collectPaths(value[0], `${path}[*]`, depth + 1, paths);
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    // A key that is no plain word needs quotes in a path; those are rare, and can be typed.
    if (!/^[A-Za-z_$][\w$]*$/.test(key)) continue;
    paths.add(`${path}.${key}`);
    collectPaths(entry, `${path}.${key}`, depth + 1, paths);
  }
}
