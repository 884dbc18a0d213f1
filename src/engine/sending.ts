import { MOST_AFTER_MS, type Editable, type SendingCalls, type SentRow } from "../contract/sending.ts";
import type { LookedAt } from "../contract/inspect.ts";
import { decodeAgain } from "../decode/connection-decoder.ts";
import type { Decoder, EncodedMessage, FrameToDecode } from "../decode/decoder.ts";
import { readJson } from "../decode/json/read-json.ts";
import { toJson, toJsonLines } from "../decode/value-json.ts";
import { base64Text } from "../model/base64.ts";
import type { Connection } from "../model/connection.ts";
import { directionOf, isMessage, isPayloadUnreported, opcodeOf, OPCODE_TEXT, originOf, wasOnWire } from "../model/frame.ts";
import type { OutgoingMessage } from "../model/outgoing-message.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";
import { frameIndex, milliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decodeAt } from "./again.ts";
import { decodingFacts } from "./decoding-facts.ts";
import { decoderAt, labelAt, messageLabelAt, pairOf } from "./decoded-row.ts";
import { frameRow } from "./frame-row.ts";
import { MOST_SUMMED_UP } from "./summaries.ts";

/** Longer messages are sent as they are, or not from here. */
const MOST_EDITED = 4 * 2 ** 20;

interface Message {
  readonly frame: FrameToDecode;
  readonly decoder: (Decoder & Required<Pick<Decoder, "encode">>) | undefined;
  readonly connection: Connection;
}

export function editable(capture: CaptureLog, place: LookedAt): Editable | null {
  const found = messageAt(capture, place);
  if (found === undefined) return null;
  const { frame, decoder, connection } = found;
  // What the decoder knows of the whole frame, with its past; of one of several messages what these bytes say.
  const whole = capture.decoded.holdsSeveral(place.frame) ? undefined : decodeAt(capture, frameIndex(place.frame));
  const decoded = whole ?? (decoder === undefined ? undefined : decodeAgain(decodingFacts(capture, connection), decoder.id, [frame]));
  const { value } = decoded ?? {};
  if (decoder !== undefined && value !== undefined && decoded?.isJson !== true && decoded?.problem === undefined) {
    // A value of several is told as lines; edited, each is a value again.
    return { form: "value", text: value.count === value.endOf(0) ? toJson(value) : toJsonLines(value), decoder: { id: decoder.id, name: decoder.name } };
  }
  if (frame.opcode === OPCODE_TEXT) return { form: "text", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(frame.bytes) };
  return { form: "base64", text: base64Text(frame.bytes) };
}

export function outgoing(capture: CaptureLog, place: LookedAt): ReturnType<SendingCalls["outgoing"]> {
  const found = messageAt(capture, place);
  return found === undefined ? null : { message: messageOf(found.frame), at: capture.log.timeAt(frameIndex(place.frame)) };
}

export function encodeEdited(capture: CaptureLog, { text, ...place }: Parameters<SendingCalls["encode"]>[0]): readonly OutgoingMessage[] {
  const found = messageAt(capture, place);
  if (found?.decoder === undefined) throw new Refusal(say("live.no-encoder"));
  const { frame, decoder, connection } = found;
  const { document, problem } = readJson(new TextEncoder().encode(text));
  if (document === undefined || problem !== undefined) throw new Refusal(say("live.not-json", { why: problem?.said ?? "" }));
  return decoder.encode(document, { frame, connection: decodingFacts(capture, connection) }).map(messageOf);
}

const messageOf = ({ opcode, bytes }: EncodedMessage): OutgoingMessage =>
  opcode === OPCODE_TEXT ? { type: "text", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) } : { type: "binary", bytes: bytes.slice() };

export function sentByUser(capture: CaptureLog, { connection, from }: Parameters<SendingCalls["sentByUser"]>[0]): SentRow | null {
  const { log, clearedRows } = capture;
  for (let row = Math.max(0, from - clearedRows); row < log.length; row++) {
    const index = frameIndex(row);
    const bits = log.bitsAt(index);
    if (originOf(bits) !== "user" || directionOf(bits) !== "sent" || log.connectionAt(index) !== connection) continue;
    const pair = pairOf(capture, index, 0);
    const partner = pair?.role === "request" ? capture.decoded.partnerOf(index, 0) : undefined;
    const label = labelAt(capture, index);
    // Until it is decoded, nobody knows whether it asks for an answer.
    const isAwaited = pair?.role === "request" || row >= capture.decoded.length;
    const sent = { frame: index, label, counted: clearedRows + row };
    if (partner === undefined) return isAwaited ? { ...sent, answer: "awaited", next: null } : { ...sent, answer: null, next: nextReceived(capture, index) };
    const frame = frameIndex(partner.row);
    return { ...sent, answer: { frame, label: messageLabelAt(capture, frame, partner.message), preview: previewAt(capture, frame), latency: pair?.latency ?? milliseconds(0) }, next: null };
  }
  return null;
}

/** Cost: a pass over the rows of the time that counts. */
function nextReceived(capture: CaptureLog, sent: FrameIndex): SentRow["next"] {
  const { log } = capture;
  for (let row = sent + 1; row < log.length; row++) {
    const frame = frameIndex(row);
    const latency = milliseconds((log.timeAt(frame) - log.timeAt(sent)) * 1000);
    if (latency > MOST_AFTER_MS) return null;
    const bits = log.bitsAt(frame);
    if (log.connectionAt(frame) !== log.connectionAt(sent) || !isMessage(bits) || directionOf(bits) !== "received" || !wasOnWire(bits)) continue;
    return { frame, label: labelAt(capture, frame), preview: previewAt(capture, frame), latency };
  }
  return "awaited";
}

/** As its row in the table. */
function previewAt(capture: CaptureLog, index: FrameIndex): string {
  const summary = capture.log.lengthAt(index) <= MOST_SUMMED_UP ? decodeAt(capture, index)?.summary : undefined;
  return frameRow(capture, index, undefined, summary === "" ? undefined : summary).preview;
}

function messageAt(capture: CaptureLog, { frame, message = 0 }: LookedAt): Message | undefined {
  const { log, table, decoded } = capture;
  if (frame >= log.length) return undefined;
  const index = frameIndex(frame);
  const bits = log.bitsAt(index);
  const connection = table.connections.get(log.connectionAt(index));
  const direction = directionOf(bits);
  if (!isMessage(bits) || direction === undefined || connection === undefined) return undefined;
  if (isPayloadUnreported(bits)) throw new Refusal(say("live.unreported"));
  const part = decoded.holdsSeveral(frame) ? decoded.messages.at({ row: frame, message }) : { from: 0, to: log.lengthAt(index) };
  if (part.to - part.from > MOST_EDITED) throw new Refusal(say("live.too-long-to-edit", { most: MOST_EDITED }));
  const decoder = decoderAt(capture, index);
  return {
    // A copy: the log's own memory may move.
    frame: { bytes: log.payloadRange(index, part.from, part.to).slice(), opcode: opcodeOf(bits), direction },
    decoder: decoder?.encode === undefined ? undefined : (decoder as Message["decoder"]),
    connection,
  };
}
