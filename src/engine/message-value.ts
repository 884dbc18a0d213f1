import { isMessage } from "../model/frame.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";
import type { ValueDocument } from "../model/value-document.ts";
import { isMessageLike } from "../decode/json/describe-json.ts";
import { readJson } from "../decode/json/read-json.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decodeAt } from "./again.ts";
import { payloadAsText } from "./payload-text.ts";
import { rowPayload, textOpcode } from "./row-text.ts";

/** What one message says. `message`: its place in its frame; 0 where that is one. Cost: a decoding of the frame. */
export function readMessage(capture: CaptureLog, frame: FrameIndex, message: number): { readonly value: ValueDocument | undefined; readonly text: string | undefined; readonly bytes: Uint8Array } {
  const { log, decoded: columns } = capture;
  const bits = log.bitsAt(frame);
  const payload = rowPayload(log, capture.tell, frame);
  const decoded = decodeAt(capture, frame);
  const part = decoded?.messages[message];
  const last = columns.derived.lastOf(frame);
  const range = columns.holdsSeveral(frame) ? columns.messages.at({ row: frame, message }) : undefined;
  const bytes = range === undefined ? payload : payload.subarray(range.from, range.to);
  const text = payloadAsText(bytes, textOpcode(bits));
  const value = part?.decoded.value ?? (isMessage(bits) && range === undefined ? (decoded === undefined ? plainValue(text, bytes) : ((last === undefined ? undefined : decodeAt(capture, frameIndex(last)))?.value ?? decoded.value)) : undefined);
  return { value, text, bytes };
}

/** Of a message that no decoder took: its JSON, as far as it is like a message. */
function plainValue(text: string | undefined, bytes: Uint8Array): ValueDocument | undefined {
  if (text === undefined || !/^\s*[[{]/.test(text)) return undefined;
  const { document, problem } = readJson(bytes);
  return problem === undefined || (document !== undefined && isMessageLike(document)) ? document : undefined;
}
