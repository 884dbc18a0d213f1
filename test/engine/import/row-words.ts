import { decodeTold } from "../../../src/log/told-payload.ts";
import type { FrameLog } from "../../../src/log/frame-log.ts";
import { isMessage, opcodeOf } from "../../../src/model/frame.ts";
import type { FrameIndex } from "../../../src/model/units.ts";
import { en } from "../../words/speakers.ts";

/** What a row says: text as it is, binary as hexadecimal digits. */
export function rowText(log: FrameLog, index: FrameIndex): string {
  const bits = log.bitsAt(index);
  const payload = Buffer.from(log.payloadAt(index));
  if (!isMessage(bits)) return en.tell(decodeTold(bits, payload));
  return opcodeOf(bits) === 1 ? payload.toString() : payload.toString("hex");
}
