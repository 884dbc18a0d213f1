import type { Direction } from "../../model/frame.ts";
import type { LoggedMessage, LoggedSocket } from "./devtools-log.ts";

/** A frame of a socket that was open before the capture, as CDP told it. */
export interface OrphanFrame {
  readonly timestamp: number;
  readonly direction: Direction;
  readonly opcode: number;
  readonly data: string;
}

export type Match =
  /**
   * The first frame is the socket's message of place `at`. `alike`: others that got the very same payloads, so that
   * only the times speak for this one; without any, it is certain.
   */
  | { readonly found: LoggedSocket; readonly at: number; readonly alike: readonly LoggedSocket[] }
  | { readonly found: undefined; readonly candidates: number };

/** How far wall time and CDP's clock, as DevTools and we read them, may differ while neither was set. */
const MOST_DIFFERENCE = 0.02;
/** The wall clock may have been set since the socket was opened: then only a row of frames can tell. */
const MOST_STEP = 5;
const FRAMES_OVER_A_STEP = 5;
/** Two that got the same payloads are told apart by this many frames, and only where one fits so much better. */
const FRAMES_TO_CHOOSE = 10;
const BETTER_BY = 3;

interface Fit {
  readonly found: LoggedSocket;
  readonly at: number;
  /** How many frames were compared, and how evenly their times differ: seconds, the median of the deviations. */
  readonly compared: number;
  readonly spread: number;
}

/**
 * Which logged socket these frames, in their order, belong to: the one whose log holds the same payloads at the same
 * times. Chrome reads the clock for each of its listeners anew, some microseconds apart, so sockets that get the very
 * same payloads at nearly the same times are told apart by how evenly the times differ, once there are enough frames;
 * until then they are no match, and then the match says that it is by time alone.
 *
 * `offset`: wall time minus CDP's monotonic time, in seconds. Cost: the messages of the candidates that are as late as
 * the first frame.
 */
export function matchSocket(frames: readonly OrphanFrame[], candidates: readonly LoggedSocket[], offset: number): Match {
  const fits = candidates.flatMap((socket) => fitOf(frames, socket, offset) ?? []).toSorted((a, b) => a.spread - b.spread);
  const [best, second] = fits;
  if (best === undefined) return { found: undefined, candidates: 0 };
  if (second === undefined) return { found: best.found, at: best.at, alike: [] };
  const areEnough = best.compared >= FRAMES_TO_CHOOSE && second.compared >= FRAMES_TO_CHOOSE;
  return areEnough && best.spread * BETTER_BY < second.spread 
    ? { found: best.found, at: best.at, alike: fits.slice(1).map(({ found }) => found) }
    : { found: undefined, candidates: fits.length };
}

function fitOf(frames: readonly OrphanFrame[], socket: LoggedSocket, offset: number): Fit | undefined {
  const { messages } = socket;
  const [first] = frames;
  if (first === undefined) return undefined;
  const earliest = first.timestamp + offset - MOST_STEP;
  for (let at = messages.length - 1; at >= 0 && (messages[at]?.time ?? 0) >= earliest; at--) {
    // What came after the log was read cannot be compared.
    const compared = Math.min(frames.length, messages.length - at);
    const offsets: number[] = [];
    for (let i = 0; i < compared; i++) {
      const frame = frames[i];
      const message = messages[at + i];
      if (frame === undefined || message === undefined || !isSame(frame, message)) break;
      offsets.push(message.time - frame.timestamp);
    }
    if (offsets.length < compared) continue;
    const middle = median(offsets);
    const deviations = offsets.map((one) => Math.abs(one - middle));
    const change = Math.abs(middle - offset);
    const isInTime = change < MOST_DIFFERENCE || (compared >= FRAMES_OVER_A_STEP && change < MOST_STEP);
    if (isInTime && deviations.every((one) => one < MOST_DIFFERENCE)) return { found: socket, at, compared, spread: median(deviations) };
  }
  return undefined;
}

const isSame = (frame: OrphanFrame, message: LoggedMessage): boolean =>
  message.direction === frame.direction && message.opcode === frame.opcode && message.data === frame.data;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
