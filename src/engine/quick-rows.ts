import { isCoded } from "../model/frame.ts";
import { compileQuery, type CompiledQuery } from "../query/compile.ts";
import { parseQuery } from "../query/parse.ts";
import { textPattern } from "../query/pattern.ts";
import type { Query } from "../query/query.ts";
import type { QueryContext } from "../query/query-row.ts";
import { heldBytes, type HeldBytes } from "../query/scan/held-bytes.ts";
import type { MessageReader } from "../query/scan/piece.ts";
import { scanPiece } from "../query/scan/scan-piece.ts";
import type { CaptureLog } from "./capture-log.ts";
import { cutPiece } from "./filter-piece.ts";
import { LogRow } from "./log-row.ts";
import { asksDecoding } from "./row-filter.ts";

export type { QueryContext } from "../query/query-row.ts";
export type { HeldBytes } from "../query/scan/held-bytes.ts";

/** A filter whose rows are among those that hold some bytes. */
export interface QuickFilter {
  readonly query: Query;
  /** One of these stands in the payload of each row; but see `quickRows`. */
  readonly held: readonly HeldBytes[];
}

/** Undefined where a filter is none, asks what decoding finds or for rows by their numbers, runs a pattern of the user's, or can be met by any payload. */
export function quickFilter(text: string): QuickFilter | undefined {
  const parsed = parseQuery(text);
  if ("problem" in parsed) return undefined;
  const { query } = parsed;
  const compiled = compileQuery(query, { start: 0, now: 0, anchors: [], utcOffset: 0, searchesUrls: true });
  // Of an excerpt, rows have other numbers.
  const held = asksDecoding(compiled) || compiled.cost === "pattern" || asksNumbers(query) ? undefined : heldBytes(query);
  return held && { query, held };
}

/** More rows than that are none that a quick look spares anything for. */
const MOST_ROWS = 1 << 14;

/**
 * The rows that a filter lets through, rising, of a capture of which nothing is decoded: those among the ones given, and rows
 * whose words do not stand in the log as they are said. Undefined where it lets through rows by their connection's URL, or
 * where the rows are too many. Cost: a pass over the rows' bits, and a test of those that are looked at.
 */
export function quickRows(capture: CaptureLog, { query }: QuickFilter, context: QueryContext, rows: Iterable<number>): number[] | undefined {
  const compiled = compileQuery(query, context);
  if (context.searchesUrls && [...capture.table.connections.values()].some(({ url }) => isInUrl(query, url))) return undefined;
  const { log } = capture;
  const wanted = new Set(rows);
  for (let from = 0; from < log.length && wanted.size <= MOST_ROWS; from += MOST_ROWS) {
    const { bits } = log.slice(from, Math.min(log.length, from + MOST_ROWS));
    for (let i = 0; i < bits.length; i++) if (isCoded(bits[i] as number)) wanted.add(from + i);
  }
  if (wanted.size > MOST_ROWS) return undefined;
  const passing = new Set(rowsThat(capture, compiled, [...wanted].toSorted((a, b) => a - b)));
  return [...passing].toSorted((a, b) => a - b);
}

function rowsThat(capture: CaptureLog, compiled: CompiledQuery, rows: readonly number[]): number[] {
  const row = new LogRow(capture);
  const sure: number[] = [];
  const open: number[] = [];
  for (const index of rows) {
    row.moveTo(index);
    const verdict = compiled.columns(row);
    if (verdict === "yes") sure.push(index);
    else if (verdict === "maybe") open.push(index);
  }
  const piece = cutPiece(capture, Uint32Array.from(open), compiled, (size) => new Uint8Array(size));
  return [...sure, ...scanPiece(piece, compiled, UNASKED).rows];
}

function asksNumbers(query: Query): boolean {
  if (query.kind === "and" || query.kind === "or") return query.parts.some(asksNumbers);
  return query.kind === "not" ? asksNumbers(query.part) : query.kind === "field" && query.name === "near";
}

/** Whether one of a query's texts stands in a URL: rows can then match whatever they hold. */
function isInUrl(query: Query, url: string): boolean {
  if (query.kind === "and" || query.kind === "or") return query.parts.some((part) => isInUrl(part, url));
  return query.kind === "text" && textPattern(query.text).test(url);
}

/** Nothing is asked of what messages say. */
const UNASKED: MessageReader = { plainJson: new Set(), derivedText: () => undefined, lendJson: () => undefined, decode: () => undefined };
