import type { DecodedBecause } from "../contract/inspect.ts";
import type { Decoder } from "../decode/decoder.ts";
import type { FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decoderAt } from "./decoded-row.ts";
import { decodingFacts } from "./decoding-facts.ts";

/** What made sure of the decoder of a message; null where nobody decoded it. */
export function whyDecoded(capture: CaptureLog, frame: FrameIndex): DecodedBecause | null {
  const decoder: Decoder | undefined = decoderAt(capture, frame);
  const connection = capture.table.connections.get(capture.log.connectionAt(frame));
  if (decoder === undefined || connection === undefined) return null;
  if (capture.decoding.choiceOf(connection.id).decoder !== null) return "choice";
  if (decoder.needsSchema === true) return "schema";
  if (decoder.suits?.(decodingFacts(capture, connection)) === true) return "handshake";
  return decoder.claims === "message" ? "content" : "message";
}
