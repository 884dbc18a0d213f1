import type { CompareLine, ComparedMessage, Comparison } from "../../contract/compare.ts";
import type { LookedAt } from "../../contract/inspect.ts";
import type { LongCall } from "../../contract/long-call.ts";
import { directionOf, isMessage } from "../../model/frame.ts";
import { frameIndex, type FrameIndex } from "../../model/units.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { CaptureLog } from "../capture-log.ts";
import { messageLabelAt } from "../decoded-row.ts";
import { readMessage } from "../message-value.ts";
import { runInTurns, type TurnEdges } from "../turns.ts";
import { compareBytes } from "./compare-bytes.ts";
import { compareText } from "./compare-text.ts";
import { compareValues } from "./compare-values.ts";
import { differenceText, type ComparedSides } from "./difference-text.ts";
import type { Difference } from "./difference.ts";

/** Rows that are looked at for one of the same type, before other work gets its turn. */
const ROWS_A_TURN = 20_000;

/** What a message says, as far as it can be compared. */
export interface ComparableMessage {
  readonly value: ValueDocument | undefined;
  readonly text: string | undefined;
  readonly bytes: Uint8Array;
}

/** Compares as much as both have: values, else text, else bytes. */
export function compareMessages(before: ComparableMessage, after: ComparableMessage): { readonly as: Comparison["as"]; readonly work: Generator<number, Difference> } {
  if (before.value !== undefined && after.value !== undefined) return { as: "value", work: compareValues(before.value, after.value) };
  if (before.text !== undefined && after.text !== undefined) return { as: "text", work: compareText(before.text, after.text) };
  return { as: "bytes", work: compareBytes(before.bytes, after.bytes) };
}

/** The two messages that a view compares, and what is different. */
export class Compared {
  readonly #capture: CaptureLog;
  #difference: Difference | undefined;
  /** What the difference is of. */
  #sides: ComparedSides | undefined;

  constructor(capture: CaptureLog) {
    this.#capture = capture;
  }

  /** See `CompareCalls.compare`. */
  async compare(place: LookedAt, other: LookedAt | null, step: -1 | 0 | 1, long: LongCall<number>, edges: TurnEdges): Promise<Comparison | null> {
    const { log, generation } = this.#capture;
    const isGone = (): boolean => generation !== this.#capture.generation;
    if (place.frame >= log.length || (other !== null && other.frame >= log.length)) return null;
    const own = this.#named(place.frame, place.message ?? 0);
    const run = async <Result>(work: Iterator<number, Result>): Promise<Result> =>
      await runInTurns(work, (share) => {
        long.goOn();
        long.progress(share);
      }, edges);
    const given = other === null ? await run(this.#beside(own, own, -1)) : this.#named(other.frame, other.message ?? 0);
    const found = given === undefined || step === 0 ? given : ((await run(this.#beside(own, given, step))) ?? given);
    const none: Comparison = { other: null, hasEarlier: false, hasLater: false, as: "text", changes: 0, lines: 0 };
    if (isGone()) return null;
    if (found === undefined) return none;
    const [earlier, later] = [await run(this.#beside(own, found, -1)), await run(this.#beside(own, found, 1))];
    if (isGone()) return null;
    const compared = await run(this.#compareWith(found, own, isGone));
    if (compared === undefined || isGone()) return null;
    const { as, difference } = compared;
    this.#difference = difference;
    this.#sides = { as, before: found, after: own };
    return { other: found, hasEarlier: earlier !== undefined, hasLater: later !== undefined, as, changes: difference.changes, lines: difference.length };
  }

  lines(from: number, to: number): CompareLine[] {
    return this.#difference?.lines(from, to) ?? [];
  }

  /** See `CompareCalls.comparedText`. */
  async text(long: LongCall<number>, edges: TurnEdges): Promise<string> {
    if (this.#difference === undefined || this.#sides === undefined) return "";
    return await runInTurns(differenceText(this.#difference, this.#sides), () => long.goOn(), edges);
  }

  toggle(line: number): number {
    return this.#difference?.toggle(line) ?? 0;
  }

  nextChange(from: number, backwards: boolean): number | null {
    return this.#difference?.nextChange(from, backwards) ?? null;
  }

  #named(frame: number, message: number): ComparedMessage {
    const index = frameIndex(frame);
    return { frame: index, message, label: messageLabelAt(this.#capture, index, message) };
  }

  /** Each of the two is read by itself, so that a cancel counts between them. Undefined: their log is gone. */
  *#compareWith(before: ComparedMessage, after: ComparedMessage, isGone: () => boolean): Generator<number, { readonly as: Comparison["as"]; readonly difference: Difference } | undefined> {
    const left = readMessage(this.#capture, before.frame, before.message);
    yield 0;
    if (isGone()) return undefined;
    const right = readMessage(this.#capture, after.frame, after.message);
    yield 0;
    const { as, work } = compareMessages(left, right);
    return { as, difference: yield* work };
  }

  /** The nearest message before (-1) or after (1) `from` that goes the same way on the same connection and has the same type as `own`. */
  *#beside(own: ComparedMessage, from: ComparedMessage, step: -1 | 1): Generator<number, ComparedMessage | undefined> {
    const { log } = this.#capture;
    const connection = log.connectionAt(own.frame);
    const direction = directionOf(log.bitsAt(own.frame));
    const isOwn = (row: number, message: number): boolean => row === own.frame && message === own.message;
    for (let row: number = from.frame, looked = 0; row >= 0 && row < log.length; row += step) {
      if (++looked % ROWS_A_TURN === 0) yield 0;
      const index = frameIndex(row);
      const bits = log.bitsAt(index);
      if (log.connectionAt(index) !== connection || !isMessage(bits) || directionOf(bits) !== direction) continue;
      const count = this.#messages(index);
      const first = row === from.frame ? from.message + step : step === 1 ? 0 : count - 1;
      for (let message = first; message >= 0 && message < count; message += step) {
        if (!isOwn(row, message) && messageLabelAt(this.#capture, index, message) === own.label) return { frame: index, message, label: own.label };
      }
    }
    return undefined;
  }

  #messages(row: FrameIndex): number {
    return this.#capture.decoded.holdsSeveral(row) ? this.#capture.decoded.messages.countOf(row) : 1;
  }
}
