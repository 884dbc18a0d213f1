import { decodeAgain } from "../decode/connection-decoder.ts";
import { connectionFacts, type Decoded, type Decoder, type FrameToDecode } from "../decode/decoder.ts";
import { readDerived } from "../decode/derived-message.ts";
import { DECODERS } from "../decode/registry.ts";
import { directionOf, opcodeOf, OPCODE_TEXT } from "../model/frame.ts";
import { MESSAGE_KINDS, type MessageKind } from "../model/message-kind.ts";
import { frameIndex, milliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { PREVIEW_LENGTH, type FrameRow } from "../contract/rows.ts";
import { PREVIEW_BYTES, previewPayload } from "./payload-text.ts";
import { labelOf } from "./row-text.ts";

/** A longer payload is summed up by its head as it stands: a table's row is no reason to decode megabytes. */
const MOST_SUMMED_UP = 1 << 16;

/** What stands in the Type column. */
export function labelAt({ log, decoded }: CaptureLog, index: FrameIndex): string {
  const label = decoded.names[decoded.labelOf(index)];
  return label === undefined || label === "" ? labelOf(log.bitsAt(index)) : label;
}

/** The label of one message. `message`: its place in its frame; 0 where that is one. */
export function messageLabelAt(capture: CaptureLog, index: FrameIndex, message: number): string {
  const { decoded } = capture;
  if (!decoded.holdsSeveral(index)) return labelAt(capture, index);
  return decoded.names[decoded.messages.at({ row: index, message }).label] ?? "";
}

/** The labels of a frame's messages, where it holds several; else none. */
export function messageLabels(capture: CaptureLog, index: FrameIndex): string[] {
  const { decoded } = capture;
  return Array.from({ length: decoded.messages.countOf(index) }, (_, message) => messageLabelAt(capture, index, message));
}

export function messageKindAt({ decoded }: CaptureLog, index: FrameIndex): MessageKind | null {
  return MESSAGE_KINDS[decoded.kindOf(index) - 1] ?? null;
}

/** The decoder that took the row; undefined where none did. */
export function decoderAt({ decoded }: CaptureLog, index: FrameIndex): Decoder | undefined {
  return DECODERS[decoded.decoderOf(index) - 1];
}

/** Of a frame that holds several messages: the pair of the one that took longest. */
export function pairAt(capture: CaptureLog, index: FrameIndex): FrameRow["pair"] {
  const { decoded } = capture;
  if (!decoded.holdsSeveral(index)) return pairOf(capture, index, 0);
  let longest: FrameRow["pair"] = null;
  for (let message = 0, count = decoded.messages.countOf(index); message < count; message++) {
    const pair = pairOf(capture, index, message);
    if (longest === null || (pair?.latency ?? -1) > (longest.latency ?? -1)) longest = pair;
  }
  return longest;
}

/** The pair of one message. `message`: its place in its frame; 0 where that is one. */
export function pairOf(capture: CaptureLog, index: FrameIndex, message: number): FrameRow["pair"] {
  const { log, decoded } = capture;
  const partner = decoded.partnerOf(index, message);
  if (partner === undefined) return messageKindOf(capture, index, message) === "request" ? { role: "request", latency: null } : null;
  const latency = Math.abs(log.timeAt(frameIndex(partner.row)) - log.timeAt(index)) * 1000;
  return { role: partner.row > index ? "request" : "answer", latency: milliseconds(latency) };
}

export function messageKindOf(capture: CaptureLog, index: FrameIndex, message: number): MessageKind | null {
  const { decoded } = capture;
  return decoded.holdsSeveral(index) ? (MESSAGE_KINDS[decoded.messages.at({ row: index, message }).kind - 1] ?? null) : messageKindAt(capture, index);
}

/** One line of a message whose payload is no text that a person reads. */
export function summaryOf(capture: CaptureLog, index: FrameIndex): string | undefined {
  const decoder = decoderAt(capture, index);
  if (capture.decoded.holdsSeveral(index)) return listed(messageLabels(capture, index));
  if (decoder === undefined || capture.log.lengthAt(index) > MOST_SUMMED_UP) return undefined;
  if (decoder.readsAsText === true && opcodeOf(capture.log.bitsAt(index)) === OPCODE_TEXT) return undefined;
  const summary = decodeAt(capture, index)?.summary;
  return summary === "" ? undefined : summary;
}

/** One line of one of a frame's several messages. */
export function messageSummary(capture: CaptureLog, index: FrameIndex, message: number): string {
  const { decoded, log, table } = capture;
  const { from, to } = decoded.messages.at({ row: index, message });
  const decoder = decoderAt(capture, index);
  const connection = table.connections.get(log.connectionAt(index));
  const opcode = opcodeOf(log.bitsAt(index));
  const isText = decoder?.readsAsText === true && opcode === OPCODE_TEXT;
  if (isText || decoder === undefined || connection === undefined || to - from > MOST_SUMMED_UP) {
    return previewPayload(log.payloadRange(index, from, Math.min(to, from + PREVIEW_BYTES)), opcode, to - from);
  }
  const direction = directionOf(log.bitsAt(index)) ?? "received";
  return decodeAgain(connectionFacts(connection), decoder.id, [{ bytes: log.payloadRange(index, from, to), opcode, direction }])?.summary ?? "";
}

/** Past what a row shows there is no need of more. */
function listed(labels: readonly string[]): string {
  const text = labels.slice(0, PREVIEW_LENGTH).join(", ");
  return text.length <= PREVIEW_LENGTH ? text : `${text.slice(0, PREVIEW_LENGTH - 1)}…`;
}

/**
 * What a row's message says, whole: as it was kept where the row's payload alone does not tell, else decoded once more.
 * Undefined: no decoder's.
 */
export function decodeAt(capture: CaptureLog, index: FrameIndex): Decoded | undefined {
  const { decoded } = capture;
  const derived = decoded.derived.of(index);
  if (derived === undefined) return decodeRows(capture, index, [index]);
  const kept = readDerived(derived, () => decodeRows(capture, index, [index]));
  // What was too long to be kept stands in the log, in the rows that it is put together of.
  return kept.isPartial && kept.joined.length > 0 ? decodeRows(capture, index, kept.joined) : kept;
}

/**
 * What a message says together with those that follow it, where its protocol spreads it over several; undefined where it
 * does not, and until the last has come.
 */
export function wholeAt(capture: CaptureLog, index: FrameIndex): Decoded | undefined {
  const last = capture.decoded.derived.lastOf(index);
  return last === undefined ? undefined : decodeAt(capture, frameIndex(last));
}

/** Some rows of one connection as a message by itself; `index`: the one whose decoder is asked. */
function decodeRows(capture: CaptureLog, index: FrameIndex, rows: readonly number[]): Decoded | undefined {
  const { log, table } = capture;
  const decoder = decoderAt(capture, index);
  const connection = table.connections.get(log.connectionAt(index));
  if (decoder === undefined || connection === undefined) return undefined;
  const frames = rows.flatMap((row): FrameToDecode[] => {
    const at = frameIndex(row);
    const bits = log.bitsAt(at);
    const direction = directionOf(bits);
    return direction === undefined ? [] : [{ bytes: log.payloadAt(at), opcode: opcodeOf(bits), direction, event: log.details.hasEvents ? log.details.eventOf(at) : undefined }];
  });
  return decodeAgain(connectionFacts(connection), decoder.id, frames);
}
