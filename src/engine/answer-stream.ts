import type { AnswerStream } from "../contract/inspect.ts";
import type { MessagePlace } from "../log/frame-messages.ts";
import { textOfCode, type KeptText } from "../log/kept-texts.ts";
import { directionOf } from "../model/frame.ts";
import { frameIndex, milliseconds } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decoderAt, messageKindOf } from "./decoded-row.ts";

/** Rows behind a request that are looked at for what it is answered by. */
const MOST_ROWS = 50_000;

/**
 * The messages that a request is answered by, one after another, in a protocol that streams: those of the other side that have its
 * id, up to the one that ends them. Null for fewer than two. Cost: a pass over the rows behind it, bounded.
 */
export function answerStream(capture: CaptureLog, request: MessagePlace): AnswerStream | null {
  const { log, decoded } = capture;
  const index = frameIndex(request.row);
  const id = idsAt(capture, request)[0];
  if (typeof id !== "string" || decoderAt(capture, index)?.streams !== true) return null;
  const connection = log.connectionAt(index);
  const direction = directionOf(log.bitsAt(index));
  let count = 0;
  let isAnswered = false;
  let [first, last] = [index, index];
  const end = Math.min(decoded.length, index + MOST_ROWS);
  for (let row = index + 1; row < end; row++) {
    const at = frameIndex(row);
    if (log.connectionAt(at) !== connection) continue;
    const isBack = directionOf(log.bitsAt(at)) !== direction;
    const several = decoded.holdsSeveral(row) ? decoded.messages.countOf(row) : 1;
    for (let message = 0; message < several; message++) {
      const place = { row, message };
      if (!idsAt(capture, place).includes(id)) continue;
      const kind = messageKindOf(capture, at, message);
      // The page ends it, or asks again by the same id.
      if (!isBack) return told(kind !== "event");
      last = at;
      if (kind === "control" || kind === "error") return told(true);
      if (kind === "answer" && count > 0) {
        // A second answer is the last of them; one behind mere events only says that they have ended.
        if (isAnswered) count++;
        return told(true);
      }
      isAnswered ||= kind === "answer";
      if (count++ === 0) first = at;
    }
  }
  return told(false);

  function told(hasEnded: boolean): AnswerStream | null {
    const [asked, began, came] = [log.timeAt(index), log.timeAt(first), log.timeAt(last)];
    return count < 2 ? null : { count, first: milliseconds((began - asked) * 1000), took: milliseconds((came - asked) * 1000), hasEnded };
  }
}

/** A message's own id, and that of the one which it answers. */
function idsAt({ decoded }: CaptureLog, place: MessagePlace): readonly KeptText[] {
  if (!decoded.holdsSeveral(place.row)) return [decoded.idOf(place.row), decoded.answersOf(place.row)];
  const { id, answers } = decoded.messages.at(place);
  return [textOfCode(id, decoded.idNames), textOfCode(answers, decoded.idNames)];
}
