import type { Direction } from "../model/frame.ts";
import type { LoggedSocket } from "./devtools-log.ts";

/** A frame of a socket that was open before the capture, as CDP told it. */
export interface OrphanFrame {
  readonly timestamp: number;
  readonly direction: Direction;
  readonly opcode: number;
  readonly data: string;
}

export type Match =
  /** The first frame is the socket's message of place `at`. */
  | { readonly found: LoggedSocket; readonly at: number }
  | { readonly found: undefined; readonly candidates: number };

/** How far the two clocks may be apart in total: the wall clock may have been set since the socket was opened. */
const MOST_OFFSET_CHANGE = 5;
/** A double holds seconds since 1970 to a quarter of a microsecond, and one socket has one offset. */
const TIME_TOLERANCE = 3e-6;

/**
 * Which logged socket these frames, in their order, belong to: the one whose log holds the same payloads at the same
 * distances in time, to the microsecond. Two that fit are no match: more frames may tell them apart.
 *
 * `offset`: wall time minus CDP's monotonic time, in seconds, as far as it is known. Cost: the messages of the
 * candidates that are as late as the first frame.
 */
export function matchSocket(frames: readonly OrphanFrame[], candidates: readonly LoggedSocket[], offset: number | undefined): Match {
  const fits = candidates.flatMap((socket) => {
    const at = placeOf(frames, socket, offset);
    return at === undefined ? [] : [{ found: socket, at }];
  });
  const [only] = fits;
  return only !== undefined && fits.length === 1 ? only : { found: undefined, candidates: fits.length };
}

function placeOf(frames: readonly OrphanFrame[], { messages }: LoggedSocket, offset: number | undefined): number | undefined {
  const [first] = frames;
  if (first === undefined) return undefined;
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message === undefined) break;
    if (offset !== undefined && message.time < first.timestamp + offset - MOST_OFFSET_CHANGE) break;
    const own = message.time - first.timestamp;
    const isHere = frames.every((frame, i) => {
      const logged = messages[at + i];
      // What came after the log was read cannot be compared.
      if (logged === undefined) return true;
      return (
        logged.direction === frame.direction &&
        logged.opcode === frame.opcode &&
        logged.data === frame.data &&
        Math.abs(logged.time - frame.timestamp - own) < TIME_TOLERANCE
      );
    });
    if (isHere && (offset === undefined || Math.abs(own - offset) < MOST_OFFSET_CHANGE)) return at;
  }
  return undefined;
}
