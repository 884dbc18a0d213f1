import { directionOf, isMessage, isPayloadUnreported, kindOf, originOf } from "../model/frame.ts";
import { byteLength, frameIndex, milliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { PREVIEW_LENGTH, ROW_URL_LENGTH, type FrameRow } from "../contract/rows.ts";
import { cut } from "../decode/summary.ts";
import { decoderAt, labelAt, listedMessages, messageHead, messageKindAt, messageKindOf, messageLabelAt, pairAt, pairOf, protocolOf, sequenceAt } from "./decoded-row.ts";
import { PREVIEW_BYTES, previewPayload } from "./payload-text.ts";
import { rowBrief, textOpcode, unreadable, unreported } from "./row-text.ts";
import type { Tell, Told } from "../model/said.ts";

/**
 * A row ready to draw; `before`: the one before it among those shown, as the log stands; `summary`: what its message is summed up as, where that says more
 * than its head. Marks, highlight and cells are the view's to add.
 */
export function frameRow(capture: CaptureLog, index: FrameIndex, before: FrameIndex | undefined, summary: Told | undefined): FrameRow {
  const { log, table, marks, tell } = capture;
  const bits = log.bitsAt(index);
  const time = log.timeAt(index);
  const size = log.sizeAt(index);
  const navigation = capture.navigationBefore(index);
  const mark = marks.get(index);
  const connection = log.connectionAt(index);
  const of = table.connections.get(connection);
  return {
    index,
    kind: kindOf(bits),
    direction: directionOf(bits) ?? null,
    origin: originOf(bits),
    ruled: log.details.ruledAt(index) ?? null,
    connection,
    line: table.order.rootOf(connection),
    transport: of?.transport ?? null,
    url: (of?.url ?? "").slice(0, ROW_URL_LENGTH),
    time: table.clock.toEpoch(time) ?? null,
    sinceStart: milliseconds((time - log.timeAt(frameIndex(0))) * 1000),
    sinceNavigation: navigation === undefined ? null : milliseconds((time - log.timeAt(navigation)) * 1000),
    delta: before === undefined ? null : milliseconds((time - log.timeAt(before)) * 1000),
    label: labelAt(capture, index),
    messageKind: messageKindAt(capture, index),
    protocol: protocolOf(decoderAt(capture, index)),
    sequence: sequenceAt(capture, index),
    pair: pairAt(capture, index),
    preview: isPayloadUnreported(bits) ? tell(unreported(size)) : previewOf(capture, index, bits, summary),
    marks: [],
    size,
    highlight: null,
    pinned: mark?.pinned ?? false,
    note: mark?.note ?? "",
    messages: capture.decoded.holdsSeveral(index) ? capture.decoded.messages.countOf(index) : 0,
    matching: null,
    firstMatch: 0,
    isUnfolded: false,
    message: null,
    cells: {},
  };
}

/** A row for one of the messages of a frame, whose row is given. Whether it matches is the view's to add. */
export function messageRow(capture: CaptureLog, row: FrameRow, place: number, summary: Told | undefined): FrameRow {
  const { index } = row;
  const { from, to } = capture.decoded.messages.at({ row: index, message: place });
  return {
    ...row,
    delta: null,
    label: messageLabelAt(capture, index, place),
    messageKind: messageKindOf(capture, index, place),
    sequence: null,
    pair: pairOf(capture, index, place),
    preview: readable(capture.tell, () => (summary === undefined ? messageHead(capture, index, place) : shown(capture.tell, summary))),
    size: byteLength(to - from),
    pinned: false,
    note: "",
    messages: 0,
    message: { place, matches: true },
  };
}

function previewOf(capture: CaptureLog, index: FrameIndex, bits: number, summary: Told | undefined): string {
  const { log, tell, decoded } = capture;
  return readable(tell, () => {
    if (decoded.holdsSeveral(index)) return listedMessages(capture, index);
    if (summary !== undefined) return shown(tell, summary);
    const payload = rowBrief(log, tell, index, PREVIEW_BYTES);
    return previewPayload(payload, textOpcode(bits), isMessage(bits) ? log.lengthAt(index) : payload.length);
  });
}

/** Data of the message is as long as a row shows; a sentence of ours may name something long. */
const shown = (tell: Tell, summary: Told): string => (typeof summary === "string" ? summary : cut(tell(summary), PREVIEW_LENGTH));

function readable(tell: Tell, read: () => string): string {
  try {
    return read();
  } catch (error) {
    // A page that cannot be read back from disk costs its rows their text, never the table.
    return tell(unreadable(error));
  }
}
