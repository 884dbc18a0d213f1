import type { Decoder } from "../decode/decoder.ts";
import { own } from "../decode/decoders/own.ts";
import { DECODERS } from "../decode/registry.ts";
import { opcodeOf } from "../model/frame.ts";
import { MESSAGE_KINDS, type MessageKind } from "../model/message-kind.ts";
import { SEQUENCE_ODDITIES, type SequenceOddity } from "../model/sequence.ts";
import { frameIndex, milliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { PREVIEW_LENGTH, type FrameRow } from "../contract/rows.ts";
import { PREVIEW_BYTES, previewPayload } from "./payload-text.ts";
import { labelOf } from "./row-text.ts";

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

/** What is odd about the row by the number that it carries; null for nothing. */
export function sequenceAt({ decoded }: CaptureLog, index: FrameIndex): SequenceOddity | null {
  return SEQUENCE_ODDITIES[decoded.sequenceOf(index) - 1] ?? null;
}

/** The decoder that took the row; undefined where none did. */
export function decoderAt({ decoded }: CaptureLog, index: FrameIndex): Decoder | undefined {
  return DECODERS[decoded.decoderOf(index) - 1];
}

/** What a decoder reads, as `protocol:` names it; null of an encoding, which is no protocol of a connection, and of one of the user's own, which have one name together. */
export const protocolOf = (decoder: Decoder | undefined): string | null => (decoder?.claims === "connection" && decoder.id !== own.id ? decoder.id : null);

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

/** The head of one of a frame's several messages, as it stands. */
export function messageHead({ decoded, log }: CaptureLog, index: FrameIndex, message: number): string {
  const { from, to } = decoded.messages.at({ row: index, message });
  return previewPayload(log.payloadRange(index, from, Math.min(to, from + PREVIEW_BYTES)), opcodeOf(log.bitsAt(index)), to - from);
}

/** What the messages of a frame are, in their order. Past what a row shows there is no need of more. */
export function listedMessages(capture: CaptureLog, index: FrameIndex): string {
  const labels = messageLabels(capture, index);
  const text = labels.slice(0, PREVIEW_LENGTH).join(", ");
  return text.length <= PREVIEW_LENGTH ? text : `${text.slice(0, PREVIEW_LENGTH - 1)}…`;
}
