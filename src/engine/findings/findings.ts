import type { FindingList } from "../../contract/findings.ts";
import type { LongCall } from "../../contract/long-call.ts";
import { MOST_ROWS, type Range } from "../../contract/rows.ts";
import type { ConnectionTable } from "../../log/connection-table.ts";
import type { DecodedColumns } from "../../log/decoded-columns.ts";
import type { FrameLog } from "../../log/frame-log.ts";
import type { Finding } from "../../model/finding.ts";
import { directionOf, kindOf, messageBits, opcodeOf, OPCODE_TEXT, type Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { frameIndex, monotonicSeconds, type ConnectionId, type FrameIndex, type MonotonicSeconds } from "../../model/units.ts";
import type { CaptureLog } from "../capture-log.ts";
import { messageKindAt } from "../decoded-row.ts";
import { labelOf } from "../row-text.ts";
import { runInTurns, workInTurns, type TurnEdges } from "../turns.ts";
import { Gatherer } from "./gatherer.ts";
import { judge, type Judged } from "./judge.ts";
import type { Whole } from "./rule.ts";
import type { SeenRow } from "./seen-row.ts";

const ROWS_A_STEP = 2000;
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
  async read({ connection, from, to }: Range & { readonly connection: ConnectionId | null }, long: Pick<LongCall<number>, "goOn" | "progress">, edges: TurnEdges): Promise<FindingList> {
    const judged = await this.all(long, edges);
    const all = connection === null ? judged.together : judged.alone.filter(({ connections }) => connections.includes(connection));
    const items = all.slice(Math.max(0, from), Math.max(0, Math.min(to, from + MOST_ROWS))).map((finding) => ({ ...finding, url: this.#urlOf(finding) }));
    return { total: all.length, problems: all.filter(({ weight }) => weight === "problem").length, items, more: judged.more, rows: judged.rows };
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

/** One pass over a log, as far as it is decoded. */
class Pass {
  readonly #capture: CaptureLog;
  readonly #log: FrameLog;
  readonly #decoded: DecodedColumns;
  readonly #table: ConnectionTable;
  readonly #gatherers = new Map<ConnectionId, Gatherer>();
  readonly #row: LookedRow;
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
    const end = Math.min(to, this.#taken + ROWS_A_STEP);
    for (; this.#taken < end; this.#taken++) this.#take(this.#taken);
    return end < to;
  }

  #take(at: number): void {
    const index = frameIndex(at);
    const id = this.#log.connectionAt(index);
    const bits = this.#log.bitsAt(index);
    const time = this.#log.timeAt(index);
    if (time > this.#until) this.#until = time;
    const connection = this.#table.connections.get(id);
    if (connection === undefined) {
      // A pause, or a time in which nobody listened.
      if (kindOf(bits) === "pause" || kindOf(bits) === "error") for (const gatherer of this.#gatherers.values()) gatherer.interrupt();
      return;
    }
    const known = this.#gatherers.get(id);
    const gatherer = known ?? new Gatherer();
    if (known === undefined) this.#gatherers.set(id, gatherer);
    if (directionOf(bits) !== undefined) {
      this.#row.moveTo(at);
      gatherer.add(this.#row, this.#capture, connection);
      return;
    }
    const kind = kindOf(bits);
    if (kind === "open") gatherer.opening ??= index;
    else if (kind === "close" || kind === "error") gatherer.end = index;
  }

  /** Judged anew only where something is new. */
  judge(edges: TurnEdges): Promise<Judged> {
    const of = `${this.#taken} ${this.#capture.connectionsRevision}`;
    if (this.#judged?.of === of) return this.#judged.list;
    const gathered = function* (pass: Pass) {
      for (const [id, connection] of pass.#table.connections) yield (pass.#gatherers.get(id) ?? new Gatherer()).gathered(connection, pass.#capture);
    };
    const whole: Whole = { until: this.#until, lost: this.#capture.lost, nameOf: (label) => this.#decoded.names[label] || UNDECODED_LABEL };
    const list = runInTurns(judge(gathered(this), whole, this.#taken), () => undefined, edges);
    this.#judged = { of, list };
    return list;
  }
}

class LookedRow implements SeenRow {
  readonly #capture: CaptureLog;
  #index = frameIndex(0);
  #bits = 0;

  constructor(capture: CaptureLog) {
    this.#capture = capture;
  }

  moveTo(row: number): void {
    this.#index = frameIndex(row);
    this.#bits = this.#capture.log.bitsAt(this.#index);
  }

  get index() {
    return this.#index;
  }

  get time() {
    return this.#capture.log.timeAt(this.#index);
  }

  get direction(): Direction {
    return directionOf(this.#bits) ?? "received";
  }

  get length(): number {
    return this.#capture.log.lengthAt(this.#index);
  }

  get opcode(): number {
    return opcodeOf(this.#bits);
  }

  get isText(): boolean {
    return this.opcode === OPCODE_TEXT;
  }

  get label(): number {
    return this.#capture.decoded.labelOf(this.#index);
  }

  get kind(): MessageKind | null {
    return this.#capture.decoded.holdsSeveral(this.#index) ? null : messageKindAt(this.#capture, this.#index);
  }

  payload(atMost?: number): Uint8Array {
    return this.#capture.log.payloadAt(this.#index, atMost);
  }

  payloadOf(before: FrameIndex, atMost: number): Uint8Array {
    return this.#capture.log.payloadAt(before, atMost);
  }
}
