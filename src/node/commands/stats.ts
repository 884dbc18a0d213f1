import type { ConnectionRow } from "../../contract/connections.ts";
import type { FrameRow } from "../../contract/rows.ts";
import type { AddCommand, CommandContext } from "../command.ts";
import type { KeptEngine } from "../kept-engine.ts";
import { pagesOf, whenDecoded, whenFiltered, whenOpened } from "../looking.ts";
import { openInput } from "../open-input.ts";
import { plain } from "../plain-text.ts";

interface StatsOptions {
  readonly filter: string;
  readonly json?: boolean;
}

/** Types that are listed; a capture can have as many as messages. */
const MOST_TYPES = 1000;
const LISTED_TYPES = 30;

/** `framescope stats`: connections, rates, types, latencies, endings. */
export const addStats: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("stats")
    .description(words("node.stats-about"))
    .argument("<file>", words("node.file"))
    .option("--filter <text>", words("node.filter"), "")
    .option("--json", words("node.json"))
    .action((path: string, options: StatsOptions) => stats(path, options, context));
};

async function stats(path: string, { filter, json = false }: StatsOptions, context: CommandContext): Promise<void> {
  const input = await openInput(path, context);
  try {
    await whenOpened(input.engine, context);
    await whenDecoded(input.engine, context);
    const { rows } = await whenFiltered(input.engine, filter);
    const counted = new Counted();
    for await (const page of pagesOf(input.engine, rows)) for (const row of page) counted.add(row);
    const connections = await connectionsOf(input.engine);
    if (json) context.io.out(`${JSON.stringify(jsonOf(counted, connections), null, 2)}\n`);
    else context.io.out(`${linesOf(counted, connections, context).join("\n")}\n`);
  } finally {
    await input.end();
  }
}

const PAGE = 500;

async function connectionsOf(engine: KeptEngine): Promise<ConnectionRow[]> {
  const rows: ConnectionRow[] = [];
  for (let from = 0; ; from += PAGE) {
    const { lines, items } = await engine.call("connections", { hidesEnded: false, chosen: null, from, to: from + PAGE, watched: [] });
    for (const item of items) if (item.type === "connection" && item.line >= from) rows.push(item.row);
    if (from + PAGE >= lines) return rows;
  }
}

/** What rows amount to, by type and by connection. */
class Counted {
  readonly types = new Map<string, { frames: number; bytes: number; latencies: number[] }>();
  readonly connections = new Map<number, { sent: number; received: number; bytes: number; first: number; last: number }>();
  /** Frames of types that are not among those counted. */
  otherTypes = 0;
  frames = 0;

  add({ kind, label, size, pair, direction, connection, sinceStart }: FrameRow): void {
    if (kind !== "message") return;
    this.frames++;
    const known = this.connections.get(connection) ?? { sent: 0, received: 0, bytes: 0, first: sinceStart, last: sinceStart };
    this.connections.set(connection, known);
    known[direction === "sent" ? "sent" : "received"]++;
    known.bytes += size ?? 0;
    known.last = sinceStart;
    const type = this.types.get(label);
    if (type === undefined && this.types.size >= MOST_TYPES) {
      this.otherTypes++;
      return;
    }
    const counts = type ?? { frames: 0, bytes: 0, latencies: [] };
    this.types.set(label, counts);
    counts.frames++;
    counts.bytes += size ?? 0;
    if (pair?.role === "request" && pair.latency !== null) counts.latencies.push(pair.latency);
  }

  typeRows(): { readonly type: string; readonly frames: number; readonly bytes: number; readonly latency: Latency | null }[] {
    return [...this.types].map(([type, { frames, bytes, latencies }]) => ({ type, frames, bytes, latency: latencyOf(latencies) })).toSorted((a, b) => b.frames - a.frames);
  }
}

/** Milliseconds. */
interface Latency {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

function latencyOf(latencies: readonly number[]): Latency | null {
  if (latencies.length === 0) return null;
  const rising = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => rising[Math.min(rising.length - 1, Math.floor(rising.length * share))] as number;
  return { count: rising.length, median: at(0.5), p95: at(0.95), max: at(1) };
}

/** Frames a second, over the time from the first to the last. */
const rateOf = (frames: number, milliseconds: number): number => (milliseconds > 0 ? (frames * 1000) / milliseconds : 0);

function jsonOf(counted: Counted, connections: readonly ConnectionRow[]): object {
  return {
    frames: counted.frames,
    connections: connections.map(({ id, url, transport, subprotocol, state, end }) => {
      const known = counted.connections.get(id);
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
        milliseconds: known === undefined ? 0 : known.last - known.first,
        framesPerSecond: known === undefined ? 0 : rateOf(known.sent + known.received, known.last - known.first),
      };
    }),
    types: counted.typeRows(),
    framesOfOtherTypes: counted.otherTypes,
  };
}

function linesOf(counted: Counted, connections: readonly ConnectionRow[], { speaker: { words, figures, tell } }: CommandContext): string[] {
  const lines = [words("node.stats-total", { n: counted.frames, connections: connections.length }), ""];
  for (const { id, url, ending, state } of connections) {
    const known = counted.connections.get(id) ?? { sent: 0, received: 0, bytes: 0, first: 0, last: 0 };
    const rate = figures.rate(rateOf(known.sent + known.received, known.last - known.first));
    lines.push(
      `${figures.count(id)}  ${plain(url)}`,
      `   ↑ ${figures.count(known.sent)}  ↓ ${figures.count(known.received)}  ${figures.bytes(known.bytes)}  ${figures.duration(known.last - known.first)}  ${rate}`,
      `   ${plain(tell(ending)) || state}`,
    );
  }
  const types = counted.typeRows();
  const listed = types.slice(0, LISTED_TYPES);
  const width = Math.max(0, ...listed.map(({ type }) => plain(type).length));
  lines.push("");
  for (const { type, frames, bytes, latency } of listed) {
    const told = latency === null ? "" : words("node.stats-latency", { median: latency.median, most: latency.p95 });
    lines.push([plain(type).padEnd(width), figures.count(frames).padStart(10), figures.bytes(bytes).padStart(9), told].join("  ").trimEnd());
  }
  const more = types.length - listed.length;
  if (more > 0) lines.push(words("node.stats-more", { n: more }));
  return lines;
}
