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
  /** `candidates`: how many it may be of, as more frames will tell. */
  | { readonly found: undefined; readonly candidates: number };

/** How far wall time and CDP's clock, as DevTools and we read them, may differ while neither was set. */
const MOST_DIFFERENCE = 0.02;
/** The same of one frame in ten, and of our clock: a busy machine may stop between the two that read it. */
export const MOST_LATE = 0.25;
/** The wall clock may have been set since the socket was opened: then only a row of frames can tell. */
const MOST_STEP = 5;
const FRAMES_OVER_A_STEP = 5;
/** Two that got the same payloads are told apart by this many frames, and only where one fits so much better. */
const FRAMES_TO_CHOOSE = 10;
const BETTER_BY = 3;

/** Where a socket's log has the payloads of these frames. */
interface Place {
  readonly found: LoggedSocket;
  readonly at: number;
  /** How many frames were compared, and how evenly their times differ: seconds, the median of the deviations. */
  readonly compared: number;
  readonly spread: number;
  /** The times are right too. */
  readonly isInTime: boolean;
}

/**
 * Which logged socket these frames, in their order, belong to: the one whose log holds the same payloads at the same
 * times. Chrome reads the clock for each of its listeners anew, some microseconds apart, so sockets that get the very
 * same payloads at nearly the same times are told apart by how evenly the times differ, once there are enough frames;
 * until then they are no match, and then the match says that it is by time alone. On a busy machine single times may be
 * far apart: where the payloads are right, and the times are not, more frames are waited for.
 *
 * `offset`: wall time minus CDP's monotonic time, in seconds. Cost: the messages of the candidates that are as late as
 * the first frame.
 */
export function matchSocket(frames: readonly OrphanFrame[], candidates: readonly LoggedSocket[], offset: number): Match {
  const places = candidates.flatMap((socket) => placeIn(socket, frames, offset) ?? []).toSorted((a, b) => a.spread - b.spread);
  const [best, ...others] = places.filter(({ isInTime }) => isInTime);
  const undecided = { found: undefined, candidates: places.length } as const;
  if (best === undefined) return undecided;
  if (!others.every((other) => isEnough(best) && isEnough(other) && best.spread * BETTER_BY < other.spread)) return undecided;
  // Of few frames, one whose time is wrong may hide the right socket.
  if (!isEnough(best) && places.some(({ isInTime }) => !isInTime)) return undecided;
  return { found: best.found, at: best.at, alike: others.map(({ found }) => found) };
}

/** The nearest place in time where the times are right too; else one where they are nearly so. */
function placeIn(socket: LoggedSocket, frames: readonly OrphanFrame[], offset: number): Place | undefined {
  const { messages } = socket;
  const [first] = frames;
  if (first === undefined) return undefined;
  let nearest: Place | undefined;
  for (const at of placesNear(messages, first.timestamp + offset)) {
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
    const wrong = deviations.filter((one) => one >= MOST_DIFFERENCE).length;
    const isInTime = wrong <= compared / 10 && (change < MOST_DIFFERENCE || (compared >= FRAMES_OVER_A_STEP && change < MOST_STEP));
    const place = { found: socket, at, compared, spread: median(deviations), isInTime };
    if (isInTime) return place;
    if (change < MOST_LATE) nearest ??= place;
  }
  return nearest;
}

/** The places of the messages of about this time, the nearest first. */
function placesNear(messages: readonly LoggedMessage[], time: number): number[] {
  const apart = (at: number): number => Math.abs((messages[at]?.time ?? 0) - time);
  return [...messages.keys()].filter((at) => apart(at) < MOST_STEP).toSorted((a, b) => apart(a) - apart(b));
}

const isEnough = ({ compared }: Place): boolean => compared >= FRAMES_TO_CHOOSE;

const isSame = (frame: OrphanFrame, message: LoggedMessage): boolean =>
  message.direction === frame.direction && message.opcode === frame.opcode && message.data === frame.data;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
