import type { ConnectionPage, FamilyMember, HeartbeatFacts, MessageFacts, TypeFacts, WayFacts } from "../contract/connection-page.ts";
import { exchangeOf, type Connection } from "../model/connection.ts";
import { NO_CONNECTION } from "../log/connection-table.ts";
import { directionOf, opcodeOf, type Direction } from "../model/frame.ts";
import { byteLength, frameIndex, milliseconds, type ConnectionId, type FrameIndex, type Milliseconds, type MonotonicSeconds } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { familyOf, isCodeUnknown } from "./connection-family.ts";
import { labelAt, messageKindAt, messageKindOf, pairAt } from "./decoded-row.ts";
import { Heartbeats, isHeartbeat } from "./findings/gather/heartbeats.ts";
import { interrupts } from "./findings/gather/interrupts.ts";
import { frameRow } from "./frame-row.ts";
import { LatencyBuckets } from "./latency-buckets.ts";
import { SpreadCounter } from "./spread.ts";

const ROWS_A_TURN = 20_000;
const MOST_TYPES = 10;
const MOST_SLOWEST = 5;
const LEAST_INTERVALS = 2;
const MOST_BEGINNING = 8;
const MOST_FAMILY = 12;
const BEFORE_IN_FAMILY = 5;

/** All that is known of a connection. `now`: milliseconds since 1970. Yields between turns, with the share that is done. */
export function* connectionPage(capture: CaptureLog, id: ConnectionId, now: number): Generator<number, ConnectionPage | null> {
  const { log, table } = capture;
  const connection = table.connections.get(id);
  if (connection === undefined) return null;
  const open = openFor(capture, connection, now);
  const ways = { sent: new WayCounter("sent"), received: new WayCounter("received") };
  const types = new Map<string, TypeCounter>();
  const latencies = new SpreadCounter();
  const latencyBuckets = new LatencyBuckets();
  let slowest: { readonly frame: FrameIndex; readonly latency: Milliseconds }[] = [];
  const heartbeats = new Heartbeats();
  const beginning: FrameIndex[] = [];
  let unanswered = 0;
  let firstRow: FrameIndex | null = null;
  let firstUnanswered: FrameIndex | null = null;
  let before: MonotonicSeconds | null = null;
  let longestSilence: ConnectionPage["longestSilence"] = null;
  for (let row = 0; row < log.length; row++) {
    if (row % ROWS_A_TURN === 0) {
      yield row / log.length;
      // It was cleared meanwhile.
      if (capture.log !== log) return null;
    }
    const index = frameIndex(row);
    const whose = log.connectionAt(index);
    // What came while nobody listened is not known, an answer perhaps.
    if (whose === NO_CONNECTION && interrupts(log.bitsAt(index))) heartbeats.interrupt();
    if (whose !== id) continue;
    firstRow ??= index;
    const direction = directionOf(log.bitsAt(index));
    if (direction === undefined) continue;
    const size = log.lengthAt(index);
    ways[direction].add(size);
    if (beginning.length < MOST_BEGINNING) beginning.push(index);
    const time = log.timeAt(index);
    const silence = before === null ? 0 : (time - before) * 1000;
    if (silence > (longestSilence?.lasted ?? 0)) longestSilence = { lasted: milliseconds(silence), frame: index };
    before = time;
    const opcode = opcodeOf(log.bitsAt(index));
    const kind = capture.decoded.holdsSeveral(index) ? null : messageKindAt(capture, index);
    if (isHeartbeat(kind, opcode)) heartbeats.add({ index, time, direction, opcode, label: capture.decoded.labelOf(index) });
    const label = labelAt(capture, index);
    const key = `${direction} ${label}`;
    const type = types.get(key) ?? new TypeCounter(label, direction);
    types.set(key, type);
    type.add(capture, index, size);
    const pair = pairAt(capture, index);
    if (pair?.role !== "request") continue;
    if (pair.latency === null) {
      unanswered++;
      firstUnanswered ??= index;
    } else {
      latencies.add(pair.latency);
      latencyBuckets.add(pair.latency);
      type.addLatency(index, pair.latency);
      const least = slowest.at(-1)?.latency ?? -1;
      if (slowest.length < MOST_SLOWEST || pair.latency > least) slowest = [...slowest, { frame: index, latency: pair.latency }].toSorted((a, b) => b.latency - a.latency).slice(0, MOST_SLOWEST);
    }
  }
  const most = [...types.values()].toSorted((a, b) => b.bytes - a.bytes).slice(0, MOST_TYPES);
  const { requestTime, responseTime } = exchangeOf(connection);
  const begun = requestTime ?? connection.createdAt ?? connection.openedAt;
  const around = familyAround(familyMembers(capture, connection, now), id);
  return {
    startedAt: begun === undefined ? null : (table.clock.toEpoch(begun) ?? null),
    handshake: requestTime === undefined || responseTime === undefined ? null : milliseconds((responseTime - requestTime) * 1000),
    open,
    isOpen: connection.state === "open",
    ending: connection.ending ?? "",
    ways: [ways.sent.facts(open), ways.received.facts(open)],
    types: most.map((type) => type.facts()),
    otherTypes: types.size - most.length,
    latencies: latencies.spread(),
    latencyBuckets: latencyBuckets.buckets(),
    slowest: slowest.map(({ frame }) => messageFacts(capture, frame)),
    unanswered,
    firstUnanswered,
    longestSilence,
    heartbeats: heartbeatFacts(heartbeats),
    beginning: beginning.map((frame) => messageFacts(capture, frame)),
    note: firstRow === null ? null : { frame: firstRow, text: capture.marks.get(firstRow)?.note ?? "" },
    ...around,
    hasUnknownCode: [id, ...around.family.map((member) => member.connection)].some((one) => isCodeUnknown(table.connections.get(one))),
  };
}

/** Counts what is of one type. */
class TypeCounter {
  readonly #label: string;
  readonly #direction: Direction;
  readonly #latencies = new SpreadCounter();
  bytes = 0;
  #frames = 0;
  #errors = 0;
  #slowest: { readonly frame: FrameIndex; readonly latency: Milliseconds } | undefined;

  constructor(label: string, direction: Direction) {
    this.#label = label;
    this.#direction = direction;
  }

  add(capture: CaptureLog, index: FrameIndex, size: number): void {
    this.#frames++;
    this.bytes += size;
    const partner = capture.decoded.partnerOf(index);
    const isRefused = partner !== undefined && partner.row > index && messageKindOf(capture, frameIndex(partner.row), partner.message) === "error";
    if (isRefused || messageKindOf(capture, index, 0) === "error") this.#errors++;
  }

  addLatency(frame: FrameIndex, latency: Milliseconds): void {
    this.#latencies.add(latency);
    if (latency > (this.#slowest?.latency ?? -1)) this.#slowest = { frame, latency };
  }

  facts(): TypeFacts {
    return { label: this.#label, direction: this.#direction, frames: this.#frames, bytes: byteLength(this.bytes), latencies: this.#latencies.spread(), slowest: this.#slowest?.frame ?? null, errors: this.#errors };
  }
}

/** Counts what goes one way. */
class WayCounter {
  readonly #direction: Direction;
  readonly #sizes = new SpreadCounter();
  #frames = 0;
  #bytes = 0;

  constructor(direction: Direction) {
    this.#direction = direction;
  }

  add(size: number): void {
    this.#frames++;
    this.#bytes += size;
    this.#sizes.add(size);
  }

  facts(open: Milliseconds | null): WayFacts {
    return { direction: this.#direction, frames: this.#frames, bytes: byteLength(this.#bytes), rate: open === null || open <= 0 ? null : this.#frames / (open / 1000), sizes: this.#sizes.spread() };
  }
}

function heartbeatFacts({ asks, first, intervals, delays, answered, missed, isUnclear }: Heartbeats): HeartbeatFacts | null {
  const interval = intervals.spread();
  if (asks === undefined || first === undefined || interval === null || interval.count < LEAST_INTERVALS) return null;
  return { direction: asks, first, interval, delay: isUnclear ? null : delays.spread(), followed: answered + missed };
}

/** How long it was open, or is; null where its opening was not seen. */
function openFor({ table }: CaptureLog, { openedAt, closedAt, state }: Connection, now: number): Milliseconds | null {
  const end = closedAt ?? (state === "open" ? table.clock.toMonotonic(now) : undefined);
  return openedAt === undefined || end === undefined ? null : milliseconds(Math.max(0, (end - openedAt) * 1000));
}

function messageFacts(capture: CaptureLog, frame: FrameIndex): MessageFacts {
  const { label, preview, pair, direction } = frameRow(capture, frame, undefined, undefined);
  return { frame, direction: direction ?? "received", label, preview, latency: pair?.role === "request" ? pair.latency : null };
}

/** Its family (`familyName`), itself among them. Empty where it is the only one. */
function familyMembers(capture: CaptureLog, own: Connection, now: number): FamilyMember[] {
  const { table } = capture;
  const members = familyOf(table, own);
  if (members.length < 2) return [];
  return members.map((member, place) => {
    const begun = member.createdAt ?? exchangeOf(member).requestTime ?? member.openedAt;
    const ended = members[place - 1]?.closedAt;
    return {
      connection: member.id,
      url: member.url,
      openedAt: begun === undefined ? null : (table.clock.toEpoch(begun) ?? null),
      lasted: member.state === "open" ? null : openFor(capture, member, now),
      // Two that are open at a time did not follow each other.
      waited: begun === undefined || ended === undefined || begun < ended ? null : milliseconds((begun - ended) * 1000),
      ending: member.ending ?? "",
    };
  });
}

/** Who asks why something stopped looks for the one behind: those stand around this one. */
function familyAround(family: readonly FamilyMember[], id: ConnectionId): Pick<ConnectionPage, "family" | "familyBefore" | "familyBehind"> {
  const place = family.findIndex(({ connection }) => connection === id);
  const from = Math.max(0, Math.min(place - BEFORE_IN_FAMILY, family.length - MOST_FAMILY));
  const shown = family.slice(from, from + MOST_FAMILY);
  return { family: shown, familyBefore: from, familyBehind: family.length - from - shown.length };
}
