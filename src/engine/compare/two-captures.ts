import { MOST_COMPARED, MOST_CONNECTIONS, MOST_OF_CONNECTION, type CaptureComparison, type ConnectionDifference } from "../../contract/compare.ts";
import type { LongCall } from "../../contract/long-call.ts";
import { say } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { CaptureLog } from "../capture-log.ts";
import { DecodeRun } from "../decode-run.ts";
import type { EngineEdges } from "../engine-edges.ts";
import { readKept } from "../read-kept.ts";
import { compareSides, isDifferent } from "./compare-connections.ts";
import { firstDifference } from "./first-difference.ts";

/** What it is done with. */
export interface TwoCapturesEdges {
  /** This engine's own, which is read and decoded as it stands. */
  readonly own: { readonly id: string; readonly capture: CaptureLog };
  readonly edges: Pick<EngineEdges, "captures" | "now" | "later" | "turns" | "startDecodeThread" | "cores" | "faults" | "tell">;
  readonly long: LongCall<number>;
}

/** Of the whole, what reading both back takes at most, and decoding them, and comparing. */
const SHARES = { read: 0.1, decode: 0.2, compare: 0.4 };
/** Values of one message that are told. */
const MOST_VALUES = 8;
/** How often it is seen how far decoding is. */
const LOOK_MS = 50;

/** See `CompareCalls.compareCaptures`. */
export async function compareTwoCaptures({ before, after }: { readonly before: string; readonly after: string }, parts: TwoCapturesEdges): Promise<CaptureComparison> {
  return await withCapture(before, 0, parts, async (left) => await withCapture(after, SHARES.read + SHARES.decode, parts, async (right) => await compareLogs(left, right, parts)));
}

async function compareLogs(before: CaptureLog, after: CaptureLog, { own, edges, long }: TwoCapturesEdges): Promise<CaptureComparison> {
  const compared = await compareSides({ capture: before }, { capture: after }, [], (share) => told(long, 1 - SHARES.compare * (1 - share)), edges);
  // One that goes on has no ending to compare yet.
  const goesOn = (capture: CaptureLog, id: ConnectionId | null): boolean => capture === own.capture && id !== null && capture.table.connections.get(id)?.ending === undefined;
  const connections = compared.connections.map((one) => (goesOn(before, one.before) || goesOn(after, one.after) ? { ...one, facts: one.facts.filter(({ about }) => about !== "ending") } : one));
  const different = connections.filter(isDifferent);
  return { first: firstDifference(different, before, after), connections: different.slice(0, MOST_CONNECTIONS).map(shortened), different: different.length, all: connections.length };
}

const shortened = (difference: ConnectionDifference): ConnectionDifference => ({
  ...difference,
  paths: difference.paths.slice(0, MOST_COMPARED),
  differences: difference.differences.slice(0, MOST_OF_CONNECTION).map((one) => ({ ...one, values: one.values.slice(0, MOST_VALUES), moreValues: one.moreValues + Math.max(0, one.values.length - MOST_VALUES) })),
});

/** Does something with a capture once all of it is decoded; `done`: the share of the whole that was done before. */
async function withCapture<Result>(id: string, done: number, parts: TwoCapturesEdges, use: (capture: CaptureLog) => Promise<Result>): Promise<Result> {
  const { own, edges, long } = parts;
  if (id === own.id) {
    await decodedUpTo(own.capture, own.capture.log.length, done, parts);
    return await use(own.capture);
  }
  const onRead = (share: number): void => told(long, done + share * SHARES.read);
  return await readKept(edges.captures, id, { ...edges, onRead, inUse: say("compare.in-use") }, async (capture) => {
    const decoding = new DecodeRun(capture, { start: edges.startDecodeThread, onProgress: () => {}, timers: edges, cores: edges.cores, faults: edges.faults });
    try {
      decoding.advance();
      await decodedUpTo(capture, capture.log.length, done + SHARES.read, parts);
    } finally {
      decoding.end();
    }
    return await use(capture);
  });
}

async function decodedUpTo({ decoded }: CaptureLog, rows: number, done: number, { edges, long }: TwoCapturesEdges): Promise<void> {
  while (decoded.length < rows) {
    told(long, done + (decoded.length / rows) * SHARES.decode);
    await new Promise<void>((resolve) => void edges.later(resolve, LOOK_MS));
  }
}

function told(long: LongCall<number>, share: number): void {
  long.goOn();
  long.progress(share);
}
