import type { SendingCalls, SentBefore } from "../contract/sending.ts";
import type { LookedAt } from "../contract/inspect.ts";
import { toJson } from "../decode/value-json.ts";
import { directionOf, isMessage, isPayloadUnreported, opcodeOf, OPCODE_TEXT, originOf, wasOnWire } from "../model/frame.ts";
import { Refusal } from "../model/refusal.ts";
import type { ReplayReport } from "../model/replay-report.ts";
import { frameIndex, milliseconds, type ConnectionId, type FrameIndex } from "../model/units.ts";
import { STRING } from "../model/value-document.ts";
import { readPath } from "../query/path.ts";
import type { PathStep } from "../query/query.ts";
import { firstValueAt } from "../query/value-path.ts";
import { MOST_LENGTH, MOST_MESSAGES } from "../replay/transcript.ts";
import { loadFor } from "./again.ts";
import type { CaptureLog } from "./capture-log.ts";
import { pairAt } from "./decoded-row.ts";
import { readMessage } from "./message-value.ts";
import { outgoing } from "./sending.ts";
import type { View } from "./view.ts";

/** Rows that are looked at for one question; the oldest of more are left out. */
const MOST_LOOKED = 2000;

/** Cost: of a connection, a pass over the rows of the log. */
export function sentBefore(capture: CaptureLog, { of }: Parameters<SendingCalls["sentBefore"]>[0]): ReturnType<SendingCalls["sentBefore"]> {
  const messages: SentBefore[] = [];
  let length = 0;
  let left = 0;
  for (const place of typeof of === "number" ? sentOn(capture, of) : of) {
    if (messages.length === MOST_MESSAGES || length > MOST_LENGTH || place.frame >= capture.log.length || isPayloadUnreported(capture.log.bitsAt(frameIndex(place.frame)))) {
      left++;
      continue;
    }
    const found = place.message === undefined ? whole(capture, frameIndex(place.frame)) : outgoing(capture, place);
    if (found === null) continue;
    length += found.message.type === "text" ? found.message.text.length : Math.ceil(found.message.bytes.length * (4 / 3));
    if (length > MOST_LENGTH) left++;
    else messages.push({ ...found, frame: frameIndex(place.frame) });
  }
  return { messages, left };
}

/** A frame of several messages is sent again as the one frame that it was. */
function whole({ log }: CaptureLog, index: FrameIndex): Omit<SentBefore, "frame"> | null {
  const bits = log.bitsAt(index);
  if (!isMessage(bits)) return null;
  const bytes = log.ownPayloadAt(index);
  return { message: opcodeOf(bits) === OPCODE_TEXT ? { type: "text", text: UTF8.decode(bytes) } : { type: "binary", bytes }, at: log.timeAt(index) };
}

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

function* sentOn({ log }: CaptureLog, connection: ConnectionId): Generator<LookedAt> {
  for (let row = 0; row < log.length; row++) {
    const index = frameIndex(row);
    if (log.connectionAt(index) === connection && isMessage(log.bitsAt(index)) && directionOf(log.bitsAt(index)) === "sent" && wasOnWire(log.bitsAt(index))) yield { frame: index };
  }
}

/** Only of rows that are decoded. Cost: a decoding of each row that is looked at. */
export async function receivedValue(capture: CaptureLog, { connection, from, path }: Parameters<SendingCalls["receivedValue"]>[0]): Promise<ReturnType<SendingCalls["receivedValue"]>> {
  const read = readPath(path);
  if ("problem" in read) throw new Refusal(read.problem);
  const { rows, looked } = receivedOn(capture, connection, from);
  await loadFor(capture, rows);
  for (const row of rows.toReversed()) {
    const value = valueAt(capture, row, read.value);
    if (value !== undefined) return { value, looked };
  }
  return { value: null, looked };
}

function valueAt(capture: CaptureLog, row: FrameIndex, path: readonly PathStep[]): string | undefined {
  const count = capture.decoded.holdsSeveral(row) ? capture.decoded.messages.countOf(row) : 1;
  for (let message = count - 1; message >= 0; message--) {
    const { value } = readMessage(capture, row, message);
    const node = value === undefined ? undefined : firstValueAt(value, path);
    if (value !== undefined && node !== undefined) return value.kindOf(node) === STRING ? value.textOf(node) : toJson(value, node);
  }
  return undefined;
}

export async function receivedMatch(capture: CaptureLog, view: View, { connection, from, filter }: Parameters<SendingCalls["receivedMatch"]>[0]): Promise<ReturnType<SendingCalls["receivedMatch"]>> {
  const { rows, looked } = receivedOn(capture, connection, from);
  const found = await view.matching(filter, rows);
  return { matches: found.size > 0, looked };
}

/** Where a row that was counted before stands now: cleared ones are counted, and are not here any more. */
const placeOf = ({ log, clearedRows }: CaptureLog, row: number): number => Math.max(0, Math.min(row - clearedRows, log.length));

/** The next rows that are decoded, as many as are looked at at a time; `looked`: where those behind them begin. */
function receivedOn(capture: CaptureLog, connection: ConnectionId, from: number): { readonly rows: readonly FrameIndex[]; readonly looked: number } {
  const { log, decoded, clearedRows } = capture;
  const rows: FrameIndex[] = [];
  const end = Math.min(decoded.length, log.length);
  let row = placeOf(capture, from);
  for (; row < end && rows.length < MOST_LOOKED; row++) {
    const index = frameIndex(row);
    if (log.connectionAt(index) === connection && isMessage(log.bitsAt(index)) && directionOf(log.bitsAt(index)) === "received") rows.push(index);
  }
  return { rows, looked: clearedRows + row };
}

/** Cost: a pass over the rows since. */
export function replayReport(capture: CaptureLog, { connection, from }: Parameters<SendingCalls["replayReport"]>[0]): ReplayReport {
  const { log } = capture;
  let sent = 0;
  let unanswered = 0;
  const latencies: number[] = [];
  for (let row = placeOf(capture, from); row < log.length; row++) {
    const index = frameIndex(row);
    // What the page was made to receive is the user's too, and was not sent.
    if (log.connectionAt(index) !== connection || originOf(log.bitsAt(index)) !== "user" || directionOf(log.bitsAt(index)) !== "sent") continue;
    sent++;
    // Until it is decoded nobody knows whether it asks for an answer.
    if (row >= capture.decoded.length) unanswered++;
    const pair = row < capture.decoded.length ? pairAt(capture, index) : null;
    if (pair?.role !== "request") continue;
    if (pair.latency === null) unanswered++;
    else latencies.push(pair.latency);
  }
  const sorted = Float64Array.from(latencies).toSorted();
  const at = (share: number): ReturnType<typeof milliseconds> => milliseconds(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { sent, answered: sorted.length, unanswered, latency: sorted.length === 0 ? null : { median: at(0.5), p95: at(0.95), longest: at(1) } };
}
