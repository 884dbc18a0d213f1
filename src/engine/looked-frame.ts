import { isMessage } from "../model/frame.ts";
import { say, type Said } from "../model/said.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";
import { againAt, rowsOf } from "./again.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decoderAt } from "./decoded-row.ts";
import type { LookedFrame } from "./look.ts";
import { mayBeText } from "./payload-text.ts";
import { ownRowPayload, rowPayload, textOpcode } from "./row-text.ts";

/**
 * Bytes of what is decoded once more for somebody who looks at it: no browser bounds the memory of a thread, so what goes into
 * it is bounded. Longer payloads are shown as they are.
 */
const MOST_BYTES = 64 * 2 ** 20;
/** A longer payload that begins with so many bytes which are no text is not copied: its bytes are asked for by themselves. */
const UNCOPIED_HEAD_BYTES = 65_536;

/** A row's frame to lay open. `note`: why it is not decoded. */
export function lookedFrame(capture: CaptureLog, index: FrameIndex, message: number, { isStopped, isSame }: { readonly isStopped: boolean; readonly isSame: boolean }): { readonly frame: LookedFrame; readonly note: Said | null } {
  const { log, tell, decoded } = capture;
  const bits = log.bitsAt(index);
  const last = decoded.derived.lastOf(index);
  const rows = isMessage(bits) ? new Set([index, ...rowsOf(capture, index), ...(last === undefined ? [] : rowsOf(capture, frameIndex(last)))]) : new Set<FrameIndex>();
  const isTooLong = [...rows].reduce((sum, row) => sum + log.lengthAt(row), 0) > MOST_BYTES;
  const hasValue = isMessage(bits) && !isStopped && !isTooLong;
  const own = hasValue ? againAt(capture, index) : undefined;
  const [only, ...others] = own?.frames ?? [];
  const most = isTooLong && !mayBeText(rowPayload(log, tell, index, UNCOPIED_HEAD_BYTES), textOpcode(bits), log.lengthAt(index)) ? UNCOPIED_HEAD_BYTES : undefined;
  const frame: LookedFrame = {
    // One copy serves both.
    payload: only !== undefined && others.length === 0 ? (only.bytes as Uint8Array<ArrayBuffer>) : ownRowPayload(log, tell, index, most),
    opcode: textOpcode(bits),
    message,
    hasValue,
    own,
    whole: hasValue && last !== undefined && last !== index ? againAt(capture, frameIndex(last)) : undefined,
    isSame,
  };
  if (hasValue || !isMessage(bits)) return { frame, note: null };
  const name = decoderAt(capture, index)?.name;
  return { frame, note: isTooLong ? say("engine.look-too-long", { most: MOST_BYTES }) : name === undefined ? say("engine.look-broke") : say("engine.look-stopped", { decoder: name }) };
}
