import type { Restarts } from "../model/restarts.ts";
import type { Fault } from "../model/faults.ts";
import type { ByteLength, EpochMilliseconds } from "../model/units.ts";
import type { FilterProblem } from "./rows.ts";
import type { Told } from "../model/said.ts";

/** Bytes and frames per second, over the last whole second. */
export interface Rate {
  readonly frames: number;
  readonly bytes: number;
}

export type Storage =
  | { readonly state: "saving"; readonly savedAt: EpochMilliseconds | null }
  /** The journal is off: `why` says what to do. */
  | { readonly state: "memory only"; readonly why: Told }
  /**
   * A capture of before. `read`: the share of its journal that was read, 0 to 1. `problem`: what is missing of it, or why
   * it cannot be opened; pins and notes then last only until the page is closed.
   */
  | { readonly state: "kept"; readonly read: number; readonly problem: Told | null };

/** A decoder that broke at messages of one connection, or took too long for them, or could not be loaded for it. */
export interface StoppedDecoderRow {
  /** What a person calls it; null where it is not known which it was. */
  readonly decoder: string | null;
  /** The connection's URL; empty where that is not known. */
  readonly url: string;
  readonly messages: number;
  /** It reads no message of this connection any more. */
  readonly isAside: boolean;
  /** Null: it was loaded. `why`: null where that is an internal error. */
  readonly notLoaded: { readonly why: Told | null } | null;
}

export const MOST_STOPPED = 20;

/** What a clear took away. */
export interface Cleared {
  readonly frames: number;
  /** That had ended: those that are open stay. */
  readonly connections: number;
  /** On the disk it stays, as a capture of its own. */
  readonly isKept: boolean;
}

/**
 * Pushed when something changed, and never again before the view said `ready`; but that the log is another at once, before
 * any answer out of it.
 */
export interface Changed {
  /** Grows with every change to rows or matches. */
  readonly revision: number;
  /** Grows when other rows are shown, or in another order, even if as many. */
  readonly shown: number;
  /** `Scope.asked` of the scope taken last: what there is to tell is of it. 0 before the first. */
  readonly asked: number;
  /** What was cleared and can be brought back; null where there is nothing, or no longer. */
  readonly cleared: Cleared | null;
  /** Grows with every clear, and with its undoing: places in the log from before mean nothing after. */
  readonly generation: number;
  /** Rows that clears took away: with them a row has the number that `rowCount` counts. */
  readonly clearedRows: number;
  /** Rows of the log that are decoded: those after them have no label yet. */
  readonly decoded: number;
  /** Grows when `inspect` would say something else of the frame that it was asked for last. */
  readonly inspected: number;
  /**
   * Frames in the log, and the messages that they hold, as far as they are decoded: a frame is most often one, may hold
   * several, or go on with one.
   */
  readonly frames: number;
  readonly messages: number;
  /** Rows of the log beside the frames: openings, endings, errors and the like. They have numbers too. */
  readonly events: number;
  /** Frames that hold several messages. */
  readonly unfoldable: number;
  /** Rows that the scope shows: frames, the events between them, and the messages of frames that are unfolded. */
  readonly rows: number;
  /** Frames among `rows`. */
  readonly matches: number;
  /** Frames that `Scope.mute` alone hides; null where the scope has none, and until they are counted. */
  readonly muted: number | null;
  /** Where a filter is still being applied: the share of the log done, 0 to 1. */
  readonly scanned: number;
  /** Where rows are to be sorted, by a path or very many: how far that is, 0 to 1. They stand in capture order until it is 1. */
  readonly sorted: number;
  /** The filter in force was ended (it took too long); the last good one is in force again. */
  readonly filterProblem: FilterProblem | null;
  /** Bytes of payload in the log, and how many of them are in memory. */
  readonly bytes: ByteLength;
  readonly bytesInMemory: ByteLength;
  readonly sentRate: Rate;
  readonly receivedRate: Rate;
  /** Frames that are not in the log although Chrome reported them. */
  readonly lost: number;
  /** Requests whose answers find no partner: too many waited at once, or their ids are too long. */
  readonly forgottenRequests: number;
  /** Messages that stay undecoded because a decoder broke at them, or took too long, or because too much of earlier ones would have to be kept. */
  readonly undecoded: number;
  /** The decoders that did so, the first `MOST_STOPPED` of them. */
  readonly stoppedDecoders: readonly StoppedDecoderRow[];
  readonly storage: Storage;
  /** How many connections there are, and how many of them have ended. */
  readonly connections: { readonly all: number; readonly ended: number };
  /** Grows with every change to what `connections` answers. */
  readonly connectionsRevision: number;
  /** How often another engine took over from one that had ended, since the last clear, and the frames that were lost by it. */
  readonly restarts: Restarts;
  /** Rows before this one were in the log of the engine before; null where there was none. */
  readonly resumedAt: number | null;
  /** Bugs that showed in the engine and its threads. */
  readonly faults: readonly Fault[];
}
