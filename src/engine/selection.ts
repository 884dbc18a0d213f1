import { isMessage } from "../model/frame.ts";
import { byteLength, milliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { MOST_COPIED, MOST_PINNED, type Range, type SelectionSummary } from "./contract.ts";
import { payloadAsText, toBase64 } from "./payload-text.ts";
import { textOpcode } from "./row-text.ts";
import type { View } from "./view.ts";

/** The rows at some places of a view, in the view's order. Places past its end are left out. */
export function* rowsAt(view: View, places: readonly Range[]): Generator<FrameIndex> {
  for (const { from, to } of places) {
    const end = Math.min(to, view.length);
    for (let place = Math.max(0, from); place < end; place++) yield view.rowAt(place);
  }
}

/** Throws a plain sentence past `MOST_PINNED` rows. */
export function rowsToPin(view: View, places: readonly Range[]): readonly FrameIndex[] {
  const rows: FrameIndex[] = [];
  for (const row of rowsAt(view, places)) {
    if (rows.length === MOST_PINNED) throw new Error(`More than ${MOST_PINNED.toLocaleString("en-US")} rows are selected, too many to pin at once. Select fewer, or save a filter that shows them.`);
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

/** The payloads of the messages, a line each; throws a plain sentence past `MOST_COPIED`. */
export function copyText(capture: CaptureLog, view: View, places: readonly Range[]): string {
  const { log } = capture;
  const lines: string[] = [];
  let size = 0;
  for (const row of rowsAt(view, places)) {
    const bits = log.bitsAt(row);
    if (!isMessage(bits)) continue;
    size += log.lengthAt(row);
    if (size > MOST_COPIED) {
      throw new Error(`The selection is over ${MOST_COPIED / 2 ** 20} MB, too much for the clipboard. Export it instead.`);
    }
    const payload = log.payloadAt(row);
    lines.push(payloadAsText(payload, textOpcode(bits)) ?? toBase64(payload));
  }
  return lines.join("\n");
}
