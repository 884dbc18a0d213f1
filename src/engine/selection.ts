import { isMessage } from "../model/frame.ts";
import { byteLength, milliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { CopyForm, PayloadFile } from "../contract/files.ts";
import type { Range } from "../contract/range.ts";
import { MOST_COPIED, MOST_PINNED, type SelectionSummary } from "../contract/rows.ts";
import { decodeUtf8, payloadAsText } from "./payload-text.ts";
import { base64Text } from "../model/base64.ts";
import { textOpcode } from "./row-text.ts";
import type { View } from "./view.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";

/** The frames at some places of a view, in the view's order, each once. Places past its end are left out. */
export function* rowsAt(view: View, places: readonly Range[]): Generator<FrameIndex> {
  let last: FrameIndex | undefined;
  for (const { from, to } of places) {
    const end = Math.min(to, view.length);
    for (let place = Math.max(0, from); place < end; place++) {
      const row = view.rowAt(place);
      // The messages of an unfolded frame stand right below it.
      if (row !== last) yield row;
      last = row;
    }
  }
}

/** Throws a `Refusal` past `MOST_PINNED` rows. */
export function rowsToPin(view: View, places: readonly Range[]): readonly FrameIndex[] {
  const rows: FrameIndex[] = [];
  for (const row of rowsAt(view, places)) {
    if (rows.length === MOST_PINNED) throw new Refusal(say("engine.pin-too-many", { most: MOST_PINNED }));
    rows.push(row);
  }
  return rows;
}

/** Cost: a pass over the rows. */
export function summarise(capture: CaptureLog, view: View, places: readonly Range[]): SelectionSummary {
  const { log } = capture;
  let frames = 0;
  let bytes = 0;
  let first = Infinity;
  let last = -Infinity;
  for (const row of rowsAt(view, places)) {
    const time = log.timeAt(row);
    first = Math.min(first, time);
    last = Math.max(last, time);
    if (!isMessage(log.bitsAt(row))) continue;
    frames++;
    bytes += log.lengthAt(row);
  }
  return { frames, bytes: byteLength(bytes), span: milliseconds(last > first ? (last - first) * 1000 : 0) };
}

/** What `copyText` makes of these places. Cost: a pass over the payloads; throws a `Refusal` past `MOST_COPIED`. */
export function copyForm(capture: CaptureLog, view: View, places: readonly Range[]): CopyForm {
  return formOf(copiedRows(capture, view, places).map((row) => copiedText(capture, row)));
}

/**
 * The payloads of the messages: a line each, or, where one of several has a line break, a JSON string on each line, so that
 * two messages are never taken for one or one for two. Throws a plain sentence past `MOST_COPIED`.
 */
export function copyText(capture: CaptureLog, view: View, places: readonly Range[]): CopyForm & { readonly text: string } {
  const texts = copiedRows(capture, view, places).map((row) => copiedText(capture, row));
  const form = formOf(texts);
  return { ...form, text: (form.isJsonLines ? texts.map(jsonLine) : texts).join("\n") };
}

const formOf = (texts: readonly string[]): CopyForm => ({ messages: texts.length, isJsonLines: texts.length > 1 && texts.some((text) => LINE_BREAK.test(text)) });

/** All that a program takes for the end of a line. */
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;

/** JSON leaves some line breaks as they are. */
const jsonLine = (text: string): string =>
  JSON.stringify(text).replace(/[\u0085\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The payloads as they came, each with a name for a file of its own. Throws a `Refusal` past `MOST_COPIED`. */
export function payloadFiles(capture: CaptureLog, view: View, places: readonly Range[]): readonly PayloadFile[] {
  return copiedRows(capture, view, places).map(({ row, message, from, to }) => {
    const bytes = capture.log.payloadRange(row, from, to).slice();
    const part = message === undefined ? "" : `-message-${message + 1}`;
    return { name: `frame-${row + 1}${part}.${decodeUtf8(bytes) === undefined ? "bin" : "txt"}`, bytes };
  });
}

/** A message to be copied: a frame's whole payload, or where only a message of it was selected that message's bytes. */
interface Copied {
  readonly row: FrameIndex;
  /** Which of the frame's messages, where it is one of several. */
  readonly message?: number | undefined;
  readonly from: number;
  readonly to: number;
}

function copiedRows({ decoded, log }: CaptureLog, view: View, places: readonly Range[]): readonly Copied[] {
  const copied: Copied[] = [];
  let size = 0;
  /** The frame whose payload is copied whole: its messages are in it. */
  let whole: FrameIndex | undefined;
  for (const { from: first, to: end } of places) {
    for (let place = Math.max(0, first); place < Math.min(end, view.length); place++) {
      const row = view.rowAt(place);
      const message = view.messageAt(place);
      if (!isMessage(log.bitsAt(row)) || row === whole) continue;
      if (message === undefined) whole = row;
      const isPart = message !== undefined && decoded.holdsSeveral(row);
      const { from, to } = isPart ? decoded.messages.at({ row, message }) : { from: 0, to: log.lengthAt(row) };
      size += to - from;
      if (size > MOST_COPIED) {
        throw new Refusal(say("engine.copy-too-much", { most: MOST_COPIED }));
      }
      copied.push({ row, message: isPart ? message : undefined, from, to });
    }
  }
  return copied;
}

/** The text of one of the messages of a frame that holds several. */
export function messageText(capture: CaptureLog, row: FrameIndex, message: number): string {
  return copiedText(capture, { row, ...capture.decoded.messages.at({ row, message }) });
}

function copiedText({ log }: CaptureLog, { row, from, to }: Copied): string {
  const payload = log.payloadRange(row, from, to);
  return payloadAsText(payload, textOpcode(log.bitsAt(row))) ?? base64Text(payload);
}
