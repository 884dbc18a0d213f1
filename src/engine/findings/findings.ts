import type { FindingList, FindingQuery, FirstOfFindings } from "../../contract/findings.ts";
import type { LongCall } from "../../contract/long-call.ts";
import { MOST_ROWS } from "../../contract/rows.ts";
import type { ConnectionTable } from "../../log/connection-table.ts";
import type { DecodedColumns, DecodedSlice } from "../../log/decoded-columns.ts";
import type { FrameLog, LogSlice } from "../../log/frame-log.ts";
import type { FoundBytes } from "../../log/payload-pages.ts";
import type { Connection } from "../../model/connection.ts";
import type { Finding } from "../../model/finding.ts";
import { directionOf, kindOf, messageBits, opcodeOf, OPCODE_TEXT, type Direction } from "../../model/frame.ts";
import { MESSAGE_KINDS, type MessageKind } from "../../model/message-kind.ts";
import { connectionId, frameIndex, monotonicSeconds, type ConnectionId, type FrameIndex, type MonotonicSeconds } from "../../model/units.ts";
import type { CaptureLog } from "../capture-log.ts";
import { familyOf, isCodeUnknown } from "../connection-family.ts";
import { labelOf } from "../row-text.ts";
import { runInTurns, workInTurns, type TurnEdges } from "../turns.ts";
import { MessageShapes } from "./gather/counted-names.ts";
import { interrupts } from "./gather/interrupts.ts";
import { TextSamples } from "./gather/text-sample.ts";
import { Gatherer } from "./gatherer.ts";
import { judge, type Judged } from "./judge.ts";
import type { Whole } from "./rule.ts";
import type { SeenRow } from "./seen-row.ts";

/** Many, so that of each of some hundred connections several rows are taken in at once; a step takes a few milliseconds. */
const ROWS_A_STEP = 8000;
/** Of a frame of several messages the kind of the first says nothing. */
const PAIRED: ReadonlySet<MessageKind> = new Set(["request", "answer", "heartbeat"]);
/** Bytes of a payload that anybody asks for. */
const MOST_PAYLOAD = 131_072;
/** What nobody decoded is mostly text. */
const UNDECODED_LABEL = labelOf(messageBits("received", OPCODE_TEXT, false, false));

/** What is wrong or costly in one capture. It looks at rows when it is asked, so the capture does nothing for it. */
export class Findings {
  readonly #capture: CaptureLog;
  #pass: Pass | undefined;

  constructor(capture: CaptureLog) {
    this.#capture = capture;
  }

  /** See `FindingCalls.findings`. */
  async read({ connection, first: asked, from, to }: FindingQuery, long: Pick<LongCall<number>, "goOn" | "progress">, edges: TurnEdges): Promise<FindingList> {
    const judged = await this.all(long, edges);
    const found = connection === null ? judged.together : judged.alone.filter(({ connections }) => connections.includes(connection));
    const { all, first } = this.#beginningWith(asked, found);
    const items = all.slice(Math.max(0, from), Math.max(0, Math.min(to, from + MOST_ROWS))).map((finding) => ({ ...finding, url: this.#urlOf(finding) }));
    return { total: all.length, problems: all.filter(({ weight }) => weight === "problem").length, items, first, more: judged.more, rows: judged.rows };
  }

  /** Those of a connection's family before the others. */
  #beginningWith(asked: ConnectionId | undefined, found: readonly Finding[]): { readonly all: readonly Finding[]; readonly first: FirstOfFindings | null } {
    const { table } = this.#capture;
    const own = asked === undefined ? undefined : table.connections.get(asked);
    if (own === undefined) return { all: found, first: null };
    const family = familyOf(table, own);
    const ids = new Set(family.map(({ id }) => id));
    const isOfFamily = ({ connections }: Finding): boolean => connections.some((one) => ids.has(one));
    const ofFamily = found.filter(isOfFamily);
    return {
      all: [...ofFamily, ...found.filter((finding) => !isOfFamily(finding))],
      first: { findings: ofFamily.length, connections: family.length, unknownCodes: family.filter(isCodeUnknown).length },
    };
  }

  /** All of them. */
  async all(long: Pick<LongCall<number>, "goOn" | "progress">, edges: TurnEdges): Promise<Judged> {
    for (;;) {
      const pass = this.#current();
      const end = pass.end;
      await workInTurns(() => {
        long.goOn();
        long.progress(end === 0 ? 1 : pass.taken / end);
        return this.#current() === pass && pass.advance(end);
      }, edges);
      const judged = await pass.judge(edges);
      // It may have been cleared, or decoded anew, meanwhile.
      if (this.#current() === pass) return judged;
    }
  }

  #urlOf({ connections: [first] }: Finding): string {
    return (first === undefined ? undefined : this.#capture.table.connections.get(first)?.url) ?? "";
  }

  #current(): Pass {
    if (this.#pass?.isOf(this.#capture) !== true) this.#pass = new Pass(this.#capture);
    return this.#pass;
  }
}

/** What is gathered of one connection, and its rows of the step at hand: each row's `next` is the one behind it. */
interface Gathering {
  readonly id: ConnectionId;
  readonly gatherer: Gatherer;
  /** Places in the step; negative where it has none. */
  first: number;
  last: number;
}

/** One pass over a log, as far as it is decoded. */
class Pass {
  readonly #capture: CaptureLog;
  readonly #log: FrameLog;
  readonly #decoded: DecodedColumns;
  readonly #table: ConnectionTable;
  readonly #gatherings = new Map<ConnectionId, Gathering>();
  readonly #samples = new TextSamples();
  readonly #shapes = new MessageShapes();
  readonly #row: LookedRow;
  /** Those that have rows in the step at hand. */
  readonly #touched: Gathering[] = [];
  readonly #next = new Int16Array(ROWS_A_STEP);
  #taken = 0;
  #until: MonotonicSeconds = monotonicSeconds(0);
  #judged: { readonly of: string; readonly list: Promise<Judged> } | undefined;

  constructor(capture: CaptureLog) {
    this.#capture = capture;
    this.#log = capture.log;
    this.#decoded = capture.decoded;
    this.#table = capture.table;
    this.#row = new LookedRow(capture);
  }

  isOf({ log, decoded, table }: CaptureLog): boolean {
    return log === this.#log && decoded === this.#decoded && table === this.#table;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Rows that can be looked at now. */
  get end(): number {
    return Math.min(this.#log.length, this.#decoded.length);
  }

  /** Takes rows up to `to` in; answers whether there are more. */
  advance(to: number): boolean {
    const from = this.#taken;
    const end = Math.min(to, from + ROWS_A_STEP);
    const rows = this.#log.slice(from, end);
    const decoded = this.#decoded.slice(from, end);
    let last: Gathering | undefined;
    for (let place = 0; place < end - from; place++) {
      const time = monotonicSeconds(rows.times[place] as number);
      if (time > this.#until) this.#until = time;
      const id = connectionId(rows.connections[place] as number);
      if (last?.id !== id) last = this.#find(id);
      if (last !== undefined) this.#put(last, place);
      else if (interrupts(rows.bits[place] as number)) {
        this.#gather(from, rows, decoded);
        for (const { gatherer } of this.#gatherings.values()) gatherer.interrupt();
      }
    }
    this.#gather(from, rows, decoded);
    this.#taken = end;
    return end < to;
  }

  #find(id: ConnectionId): Gathering | undefined {
    const known = this.#gatherings.get(id);
    if (known !== undefined || !this.#table.connections.has(id)) return known;
    const gathering = { id, gatherer: new Gatherer(this.#samples, this.#shapes), first: -1, last: -1 };
    this.#gatherings.set(id, gathering);
    return gathering;
  }

  #put(gathering: Gathering, place: number): void {
    if (gathering.first >= 0) this.#next[gathering.last] = place;
    else {
      gathering.first = place;
      this.#touched.push(gathering);
    }
    gathering.last = place;
  }

  /**
   * Takes the rows in that were put, connection after connection: each for itself has them in their order, and where many talk
   * at once, what is known of one is fetched from memory for all of its rows and not for each.
   */
  #gather(from: number, rows: LogSlice, decoded: DecodedSlice): void {
    for (const gathering of this.#touched) {
      const connection = this.#table.connections.get(gathering.id);
      if (connection !== undefined) {
        for (let place = gathering.first; place !== gathering.last; place = this.#next[place] as number) this.#take(gathering.gatherer, connection, from + place, place, rows, decoded);
        this.#take(gathering.gatherer, connection, from + gathering.last, gathering.last, rows, decoded);
      }
      gathering.first = -1;
    }
    this.#touched.length = 0;
  }

  /** `place`: in what was cut out of the columns. */
  #take(gatherer: Gatherer, connection: Connection, at: number, place: number, rows: LogSlice, decoded: DecodedSlice): void {
    const bits = rows.bits[place] as number;
    if (directionOf(bits) !== undefined) {
      this.#row.moveTo(at, place, rows, decoded);
      gatherer.add(this.#row, this.#capture, connection);
      return;
    }
    const kind = kindOf(bits);
    if (kind === "open") gatherer.opening ??= frameIndex(at);
    else if (kind === "close" || kind === "error") gatherer.end = frameIndex(at);
  }

  /** Judged anew only where something is new. */
  judge(edges: TurnEdges): Promise<Judged> {
    const of = `${this.#taken} ${this.#capture.connectionsRevision}`;
    if (this.#judged?.of === of) return this.#judged.list;
    const gathered = function* (pass: Pass) {
      for (const [id, connection] of pass.#table.connections) yield (pass.#gatherings.get(id)?.gatherer ?? new Gatherer(pass.#samples, pass.#shapes)).gathered(connection, pass.#capture);
    };
    const whole: Whole = { until: this.#until, lost: this.#capture.lost, nameOf: (label) => this.#decoded.names[label] || UNDECODED_LABEL, timeOf: (row) => this.#log.timeAt(row) };
    const list = runInTurns(judge(gathered(this), whole, this.#taken), () => undefined, edges);
    this.#judged = { of, list };
    return list;
  }
}

class LookedRow implements SeenRow {
  readonly #capture: CaptureLog;
  #index = frameIndex(0);
  #bits = 0;
  #length = 0;
  #label = 0;
  #kind: MessageKind | null = null;
  readonly #found: FoundBytes = { bytes: new Uint8Array(0), start: 0 };
  #isRead = false;
  #time = monotonicSeconds(0);

  constructor(capture: CaptureLog) {
    this.#capture = capture;
  }

  moveTo(row: number, place: number, rows: LogSlice, decoded: DecodedSlice): void {
    this.#index = frameIndex(row);
    this.#bits = rows.bits[place] as number;
    this.#length = rows.lengths[place] as number;
    this.#time = monotonicSeconds(rows.times[place] as number);
    this.#label = decoded.labels[place] as number;
    const kind = MESSAGE_KINDS[(decoded.kinds[place] as number) - 1] ?? null;
    this.#kind = kind !== null && PAIRED.has(kind) && this.#capture.decoded.holdsSeveral(row) ? null : kind;
    this.#isRead = false;
  }

  get index() {
    return this.#index;
  }

  get time() {
    return this.#time;
  }

  get direction(): Direction {
    return directionOf(this.#bits) ?? "received";
  }

  get length(): number {
    return this.#length;
  }

  get opcode(): number {
    return opcodeOf(this.#bits);
  }

  get isText(): boolean {
    return this.opcode === OPCODE_TEXT;
  }

  get label(): number {
    return this.#label;
  }

  get kind(): MessageKind | null {
    return this.#kind;
  }

  bytes(): Uint8Array {
    if (!this.#isRead) this.#capture.log.findPayload(this.#index, MOST_PAYLOAD, this.#found);
    this.#isRead = true;
    return this.#found.bytes;
  }

  /** Once `bytes` was asked for. */
  get start(): number {
    return this.#found.start;
  }

  payloadOf(before: FrameIndex, atMost: number): Uint8Array {
    return this.#capture.log.payloadAt(before, atMost);
  }
}
