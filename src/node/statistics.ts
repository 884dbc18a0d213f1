import type { ConnectionRow } from "../contract/connections.ts";
import type { FrameRow } from "../contract/rows.ts";
import type { KeptEngine } from "./kept-engine.ts";
import { pagesOf } from "./looking.ts";
import { toMicroseconds } from "./row-json.ts";

/** Types that are counted; a capture can have as many as messages. */
const MOST_TYPES = 1000;
const PAGE = 500;
/** Of a rate, told to a script. */
const RATE_DIGITS = 6;

/** Milliseconds. */
export interface Latency {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** What the rows shown amount to, and each connection. */
export async function statisticsOf(engine: KeptEngine, rows: number): Promise<{ readonly counted: Counted; readonly connections: readonly ConnectionRow[] }> {
  const counted = new Counted();
  for await (const page of pagesOf(engine, rows)) for (const row of page) counted.add(row);
  return { counted, connections: await connectionsOf(engine) };
}

/** All of them, in the order of the list. */
export async function connectionsOf(engine: KeptEngine): Promise<ConnectionRow[]> {
  const rows: ConnectionRow[] = [];
  for (let from = 0; ; from += PAGE) {
    const { lines, items } = await engine.call("connections", { hidesEnded: false, chosen: null, from, to: from + PAGE, watched: [] });
    for (const item of items) if (item.type === "connection" && item.line >= from) rows.push(item.row);
    if (from + PAGE >= lines) return rows;
  }
}

/** What rows amount to, by type and by connection. */
export class Counted {
  readonly types = new Map<string, { frames: number; bytes: number; errors: number; latencies: number[] }>();
  /** By the first of those that one took the place of another. */
  readonly connections = new Map<number, { sent: number; received: number; bytes: number; first: number; last: number }>();
  /** Frames of types that are not among those counted. */
  otherTypes = 0;
  frames = 0;

  add({ kind, label, size, pair, direction, line, sinceStart, messageKind }: FrameRow): void {
    if (kind !== "message") return;
    this.frames++;
    const known = this.connections.get(line) ?? { sent: 0, received: 0, bytes: 0, first: sinceStart, last: sinceStart };
    this.connections.set(line, known);
    known[direction === "sent" ? "sent" : "received"]++;
    known.bytes += size ?? 0;
    known.last = sinceStart;
    const type = this.types.get(label);
    if (type === undefined && this.types.size >= MOST_TYPES) {
      this.otherTypes++;
      return;
    }
    const counts = type ?? { frames: 0, bytes: 0, errors: 0, latencies: [] };
    this.types.set(label, counts);
    counts.frames++;
    counts.bytes += size ?? 0;
    if (messageKind === "error") counts.errors++;
    if (pair?.role === "request" && pair.latency !== null) counts.latencies.push(pair.latency);
  }

  typeRows(): { readonly type: string; readonly frames: number; readonly bytes: number; readonly errors: number; readonly latency: Latency | null }[] {
    return [...this.types].map(([type, { frames, bytes, errors, latencies }]) => ({ type, frames, bytes, errors, latency: latencyOf(latencies) })).toSorted((a, b) => b.frames - a.frames);
  }
}

function latencyOf(latencies: readonly number[]): Latency | null {
  if (latencies.length === 0) return null;
  const rising = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => rising[Math.min(rising.length - 1, Math.floor(rising.length * share))] as number;
  return { count: rising.length, median: toMicroseconds(at(0.5)), p95: toMicroseconds(at(0.95)), max: toMicroseconds(at(1)) };
}

/** Frames a second, over the time from the first to the last. */
export const rateOf = (frames: number, milliseconds: number): number => (milliseconds > 0 ? (frames * 1000) / milliseconds : 0);

/** The same as a script reads it. */
export function statisticsJson({ counted, connections }: Awaited<ReturnType<typeof statisticsOf>>): { readonly frames: number; readonly connections: readonly object[]; readonly types: readonly object[]; readonly framesOfOtherTypes: number } {
  return {
    frames: counted.frames,
    connections: connections.map(({ id, root, url, transport, subprotocol, state, end }) => {
      const known = counted.connections.get(root);
      return {
        id,
        url,
        transport,
        subprotocol,
        state,
        end: end ?? null,
        sent: known?.sent ?? 0,
        received: known?.received ?? 0,
        bytes: known?.bytes ?? 0,
        milliseconds: known === undefined ? 0 : toMicroseconds(known.last - known.first),
        framesPerSecond: known === undefined ? 0 : Number(rateOf(known.sent + known.received, known.last - known.first).toPrecision(RATE_DIGITS)),
      };
    }),
    types: counted.typeRows(),
    framesOfOtherTypes: counted.otherTypes,
  };
}
