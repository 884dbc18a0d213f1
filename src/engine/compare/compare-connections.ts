import type { ChangedValue, ComparedMessage, ConnectionDifference, ConnectionFact, MessageDifference } from "../../contract/compare.ts";
import { loadDecoders } from "../../decode/decoder-loads.ts";
import type { Decoder } from "../../decode/decoder.ts";
import { DECODERS } from "../../decode/registry.ts";
import { exchangeOf, type Connection, type Exchange, type Header } from "../../model/connection.ts";
import { directionOf, isMessage, opcodeOf, type Direction } from "../../model/frame.ts";
import { say, type Tell } from "../../model/said.ts";
import { frameIndex, type ConnectionId } from "../../model/units.ts";
import type { CaptureLog } from "../capture-log.ts";
import { messageLabelAt } from "../decoded-row.ts";
import { readMessage } from "../message-value.ts";
import { runInTurns, type TurnEdges } from "../turns.ts";
import { changedValues } from "./changed-values.ts";
import { compareMessages } from "./compared.ts";
import { matchMessages, type NumberedMessages } from "./match-messages.ts";
import { pairConnections } from "./pair-connections.ts";

/** Differences of one connection that are told; all are counted. */
const MOST_DIFFERENCES = 1000;
/** Values of one message that are told. */
const MOST_VALUES = 50;
/** Paths that are counted; a capture can have as many as values. */
const MOST_PATHS = 1000;
/** Rows that are looked at, before other work gets its turn. */
const ROWS_A_TURN = 4096;
/** They are another each time, and say nothing else. */
const ALWAYS_OTHERS: ReadonlySet<string> = new Set(["sec-websocket-key", "sec-websocket-accept", "date"]);
/** They are told, and make no difference: whoever answers, a proxy or a CDN, numbers and times each answer. */
const NOT_COUNTED: ReadonlySet<string> = new Set([
  "cookie",
  "set-cookie",
  "age",
  "server-timing",
  "x-timer",
  "x-runtime",
  "report-to",
  "cf-ray",
  "x-served-by",
  "x-azure-ref",
  "request-id",
  "x-request-id",
  "x-correlation-id",
  "x-trace-id",
  "traceparent",
  "tracestate",
  "x-cloud-trace-context",
  "x-b3-traceid",
  "x-b3-spanid",
  "x-amzn-requestid",
  "x-amzn-trace-id",
  "x-amz-request-id",
  "x-amz-id-2",
  "x-amz-cf-id",
  "x-github-request-id",
  "fly-request-id",
  "x-vercel-id",
]);

/** Every handshake over HTTP/1.1 has them, none over HTTP/2: where one side has none, that tells how it was recorded. */
const OF_HTTP_1: ReadonlySet<string> = new Set(["host", "upgrade", "connection", "sec-websocket-version", "transfer-encoding"]);
/** A WebSocket opens by these over HTTP/1.1 and HTTP/2 (RFC 8441). */
const OPENS: ReadonlySet<number> = new Set([101, 200]);
/** RFC 6455 §5.5: opcodes from here on are of control frames, those behind it of pings and pongs. */
const CLOSE = 8;

/** A capture, or a connection of one: the other side may be of the same. */
export interface ComparedSide {
  readonly capture: CaptureLog;
  /** Undefined: all of them. */
  readonly connection?: ConnectionId | undefined;
}

export interface ComparedCaptures {
  readonly connections: readonly ConnectionDifference[];
  readonly differ: boolean;
}

/** A message's place. */
interface Place {
  readonly row: number;
  readonly message: number;
}

/** The messages of one side, by their connection. */
interface SideMessages {
  readonly of: ReadonlyMap<ConnectionId, Messages>;
  /** Any connection of its capture has a ping or a pong: who recorded it listened to the wire. */
  readonly isOfWire: boolean;
}

/** The messages of one connection. */
interface Messages extends NumberedMessages {
  readonly places: readonly Place[];
  /** Which of them are pings, pongs or close frames, by their opcode. */
  readonly controls: ReadonlyMap<number, readonly number[]>;
}

/** As `compareCaptures`, in turns, with the decoders loaded that read the messages of both. */
export async function compareSides(before: ComparedSide, after: ComparedSide, ignored: readonly string[], progress: (share: number) => void, edges: TurnEdges): Promise<ComparedCaptures> {
  await loadDecoders(new Set([before, after].flatMap(decodersOf)));
  return await runInTurns(compareCaptures(before, after, ignored), progress, edges);
}

function decodersOf({ capture: { log, decoded }, connection }: ComparedSide): Decoder[] {
  const found = new Set<number>();
  for (let row = 0; row < log.length; row++) if (connection === undefined || log.connectionAt(frameIndex(row)) === connection) found.add(decoded.decoderOf(row));
  return Array.from(found).flatMap((decoder) => DECODERS[decoder - 1] ?? []);
}

/**
 * Two captures, or two connections, side by side: connections paired by their address and order, how they began and ended,
 * messages matched in order by their type, and what changed in them. `ignored`: paths of values, and names of headers, that need not be the same.
 * Everything must be decoded, and its decoders loaded. Yields the share that is done. Cost: a pass over the rows of both, and a decoding of each
 * message that changed.
 */
function* compareCaptures(before: ComparedSide, after: ComparedSide, ignored: readonly string[]): Generator<number, ComparedCaptures> {
  const numbers = new Numbering();
  const left = yield* messagesByConnection(before, numbers, 0);
  const right = yield* messagesByConnection(after, numbers, 0.25);
  const one = ({ capture, connection }: ComparedSide): readonly Connection[] => [...capture.table.connections.values()].filter(({ id }) => connection === undefined || id === connection);
  // Two that somebody chose belong together, whatever their addresses.
  const isChosen = before.connection !== undefined && after.connection !== undefined;
  const pairs = isChosen ? [{ before: one(before)[0], after: one(after)[0] }] : pairConnections(one(before), one(after));
  const isIgnored = (path: string): boolean => ignored.some((prefix) => path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`));
  const ignoredHeaders = new Set([...ALWAYS_OTHERS, ...ignored.map((name) => name.toLowerCase())]);
  const connections: ConnectionDifference[] = [];
  for (const [i, pair] of pairs.entries()) {
    const told = new ConnectionTally(before.capture, after.capture, isIgnored);
    const [ours, theirs] = [left.of.get(pair.before?.id ?? NO_ID) ?? NOTHING, right.of.get(pair.after?.id ?? NO_ID) ?? NOTHING];
    const isPair = pair.before !== undefined && pair.after !== undefined;
    const [oursLeft, theirsLeft] = [leftOut(ours, theirs, right.isOfWire), leftOut(theirs, ours, left.isOfWire)];
    const [a, b] = isPair ? [without(ours, oursLeft), without(theirs, theirsLeft)] : [ours, theirs];
    const met: { readonly a: Place | undefined; readonly b: Place | undefined; readonly isSame: boolean }[] = [];
    matchMessages(a, b, (x, y) => met.push({ a: x === undefined ? undefined : a.places[x], b: y === undefined ? undefined : b.places[y], isSame: x !== undefined && y !== undefined && a.contents[x] === b.contents[y] }));
    for (const [at, meeting] of met.entries()) {
      yield* told.add(meeting.a, meeting.b, meeting.isSame);
      if (at % ROWS_A_TURN === 0) yield 0.5 + (i + at / met.length) / pairs.length / 2;
    }
    const facts = pair.before === undefined || pair.after === undefined ? [] : [...factsOf(pair.before, pair.after, ignoredHeaders, before.capture.tell), ...controlFacts(oursLeft.size, theirsLeft.size)];
    connections.push({ before: pair.before?.id ?? null, after: pair.after?.id ?? null, url: pair.before?.url ?? pair.after?.url ?? "", facts, ...told.sum() });
  }
  return { connections, differ: connections.some(isDifferent) };
}

const NO_ID = -1 as ConnectionId;
const NOTHING: Messages = { types: new Uint32Array(0), contents: new Uint32Array(0), places: [], controls: new Map() };

/**
 * Chrome tells of no ping, pong or close frame, what listens to the wire tells of all. Close frames say nothing of who recorded: a
 * pcapng of what Chrome told has them too. So those of a side of which the other has none are nothing that changed, and pings
 * and pongs only where the other's capture has neither anywhere: that it lost its last heartbeat cannot be told from that nobody listened.
 */
const leftOut = (own: Messages, other: Messages, isOtherOfWire: boolean): ReadonlySet<number> =>
  new Set(Array.from(own.controls).flatMap(([opcode, places]) => (other.controls.has(opcode) || (opcode !== CLOSE && isOtherOfWire) ? [] : places)));

function without(own: Messages, left: ReadonlySet<number>): Messages {
  if (left.size === 0) return own;
  const isCompared = (_: unknown, place: number): boolean => !left.has(place);
  return { ...own, types: own.types.filter(isCompared), contents: own.contents.filter(isCompared), places: own.places.filter(isCompared) };
}

const controlFacts = (before: number, after: number): ConnectionFact[] => (before + after === 0 ? [] : [{ about: "control frames", name: "", before: numberOf(before), after: numberOf(after), isCounted: false }]);

const numberOf = (count: number): string | null => (count === 0 ? null : String(count));

/** Whether two connections are not the same, or one is missing. */
export const isDifferent = ({ before, after, facts, changed, onlyBefore, onlyAfter }: ConnectionDifference): boolean => before === null || after === null || facts.some(({ isCounted }) => isCounted) || changed + onlyBefore + onlyAfter > 0;

interface GatheredMessages {
  readonly places: Place[];
  readonly types: number[];
  readonly contents: number[];
  readonly controls: Map<number, number[]>;
}

function* messagesByConnection({ capture, connection: only }: ComparedSide, numbers: Numbering, done: number): Generator<number, SideMessages> {
  const { log, decoded } = capture;
  const found = new Map<ConnectionId, GatheredMessages>();
  let isOfWire = false;
  for (let row = 0; row < log.length; row++) {
    if (row % ROWS_A_TURN === 0) yield done + row / log.length / 4;
    const index = frameIndex(row);
    const bits = log.bitsAt(index);
    const connection = log.connectionAt(index);
    if (!isMessage(bits)) continue;
    const opcode = opcodeOf(bits);
    isOfWire ||= opcode > CLOSE;
    if (only !== undefined && connection !== only) continue;
    const known = found.get(connection) ?? { places: [], types: [], contents: [], controls: new Map<number, number[]>() };
    found.set(connection, known);
    const payload = log.payloadAt(index);
    const several = decoded.holdsSeveral(index);
    for (let message = 0, count = several ? decoded.messages.countOf(index) : 1; message < count; message++) {
      const range = several ? decoded.messages.at({ row: index, message }) : undefined;
      const type = numbers.of(`${directionOf(bits)} ${messageLabelAt(capture, index, message)}`);
      if (opcode >= CLOSE) {
        const places = known.controls.get(opcode) ?? [];
        places.push(known.places.length);
        known.controls.set(opcode, places);
      }
      known.places.push({ row, message });
      known.types.push(type);
      known.contents.push(numbers.of(`${type} ${digest(range === undefined ? payload : payload.subarray(range.from, range.to))}`));
    }
  }
  const of = new Map(Array.from(found, ([connection, { types, contents, ...known }]) => [connection, { ...known, types: Uint32Array.from(types), contents: Uint32Array.from(contents) }]));
  return { of, isOfWire };
}

/** A number for each text, the same for the same. */
class Numbering {
  readonly #known = new Map<string, number>();

  of(text: string): number {
    const known = this.#known.get(text) ?? this.#known.size;
    this.#known.set(text, known);
    return known;
  }
}

/** Two FNV-1a sums over the bytes and their number: 64 bits tell messages apart, and nobody is harmed by two that collide. */
function digest(bytes: Uint8Array): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b) ^ (b >>> 15);
  }
  return `${bytes.length} ${a} ${b}`;
}

/** What the messages of two connections amount to. */
class ConnectionTally {
  readonly #before: CaptureLog;
  readonly #after: CaptureLog;
  readonly #isIgnored: (path: string) => boolean;
  readonly #differences: MessageDifference[] = [];
  readonly #paths = new Map<string, number>();
  #same = 0;
  #changed = 0;
  #onlyBefore = 0;
  #onlyAfter = 0;

  constructor(before: CaptureLog, after: CaptureLog, isIgnored: (path: string) => boolean) {
    this.#before = before;
    this.#after = after;
    this.#isIgnored = isIgnored;
  }

  *add(a: Place | undefined, b: Place | undefined, isSame: boolean): Generator<number, void> {
    if (isSame) this.#same++;
    else if (a === undefined || b === undefined) {
      if (a === undefined) this.#onlyAfter++;
      else this.#onlyBefore++;
      this.#tell(a, b, []);
    } else {
      const { work } = compareMessages(readMessage(this.#before, frameIndex(a.row), a.message), readMessage(this.#after, frameIndex(b.row), b.message));
      let step = work.next();
      for (; step.done !== true; step = work.next()) yield 0.5;
      const values = step.value.changes === 0 ? [] : changedValues(step.value).filter(({ path }) => !this.#isIgnored(path));
      if (values.length === 0) {
        this.#same++;
        return;
      }
      this.#changed++;
      for (const path of new Set(values.map((value) => value.path))) if (this.#paths.has(path) || this.#paths.size < MOST_PATHS) this.#paths.set(path, (this.#paths.get(path) ?? 0) + 1);
      this.#tell(a, b, values);
    }
  }

  sum(): Omit<ConnectionDifference, "before" | "after" | "url" | "facts"> {
    return {
      same: this.#same,
      changed: this.#changed,
      onlyBefore: this.#onlyBefore,
      onlyAfter: this.#onlyAfter,
      differences: this.#differences,
      paths: Array.from(this.#paths, ([path, messages]) => ({ path, messages })).toSorted((x, y) => y.messages - x.messages),
    };
  }

  #tell(a: Place | undefined, b: Place | undefined, values: readonly ChangedValue[]): void {
    if (this.#differences.length >= MOST_DIFFERENCES) return;
    const [before, after] = [a && named(this.#before, a), b && named(this.#after, b)];
    const { direction, label } = before ?? after ?? { direction: "received" as const, label: "" };
    this.#differences.push({ direction, label, before: before?.message ?? null, after: after?.message ?? null, values: values.slice(0, MOST_VALUES), moreValues: Math.max(0, values.length - MOST_VALUES) });
  }
}

function named(capture: CaptureLog, { row, message }: Place): { readonly direction: Direction; readonly label: string; readonly message: ComparedMessage } {
  const frame = frameIndex(row);
  const label = messageLabelAt(capture, frame, message);
  return { direction: directionOf(capture.log.bitsAt(frame)) ?? "received", label, message: { frame, message, label } };
}

/** How they began and ended, as far as that is not the same. */
function factsOf(before: Connection, after: Connection, ignoredHeaders: ReadonlySet<string>, tell: Tell): ConnectionFact[] {
  const facts: ConnectionFact[] = [];
  const add = (about: ConnectionFact["about"], name: string, a: ConnectionFact["before"], b: ConnectionFact["after"], isCounted = true): void => {
    // A file may have as a text what was said.
    if ((a === null ? a : tell(a)) !== (b === null ? b : tell(b))) facts.push({ about, name, before: a, after: b, isCounted });
  };
  add("transport", "", before.transport, after.transport);
  const [a, b] = [exchangeOf(before), exchangeOf(after)];
  const areOpen = [before, after].every((connection) => connection.transport === "websocket" && hasOpened(connection));
  add("status", "", statusOf(a), statusOf(b), !areOpen);
  for (const [about, ours, theirs] of [["request header", a.requestHeaders, b.requestHeaders], ["response header", a.responseHeaders, b.responseHeaders]] as const) {
    const [one, other] = [byName(ours), byName(theirs)];
    for (const [key, { name }] of new Map([...other, ...one])) {
      if (ignoredHeaders.has(key)) continue;
      const isOfVersion = key.startsWith(":") || OF_HTTP_1.has(key);
      const [value, otherValue] = [one.get(key)?.value ?? null, other.get(key)?.value ?? null];
      add(about, name, value, otherValue, !NOT_COUNTED.has(key) && !(isOfVersion && (value === null || otherValue === null)));
    }
  }
  // Who listens to the wire is not told why the browser gave up.
  const isUnknown = ({ ending = "" }: Connection): boolean => tell(ending) === tell(say("log.closed-unanswered"));
  add("ending", "", before.ending ?? null, after.ending ?? null, !(before.state === "failed" && after.state === "failed" && (isUnknown(before) || isUnknown(after))));
  return facts;
}

/** It is, or was, open: by an answer that opens a WebSocket, or before anybody looked. */
const hasOpened = (connection: Connection): boolean => {
  const { status } = exchangeOf(connection);
  return (connection.openedAt !== undefined || !connection.seenFromStart) && connection.failure?.reason !== "status" && (status === undefined || OPENS.has(status));
};

const statusOf = ({ status }: Exchange): string | null => (status === undefined ? null : String(status));

/** Names of headers are the same in any case; of one that comes twice all values count. */
function byName(headers: readonly Header[]): ReadonlyMap<string, Header> {
  const found = new Map<string, Header>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    const known = found.get(key);
    found.set(key, known === undefined ? { name, value } : { name: known.name, value: `${known.value}\n${value}` });
  }
  return found;
}
