import type { Cleared } from "../contract/changed.ts";
import type { LogNote } from "../log/heard.ts";
import type { PlacedEvent } from "../log/journal-versions/block.ts";
import type { CaptureEvent } from "../model/capture-batch.ts";
import type { Connection } from "../model/connection.ts";
import type { CapturedRows } from "./captured-rows.ts";

/** For how long a clear can be undone. */
const UNDO_MS = 10_000;
/** While it can, what comes stays in memory: no more than this. */
const MOST_BEHIND_UNDO = 64 * 2 ** 20;

interface ClearedOf {
  /** When it was cleared. */
  readonly at: number;
  /** Connections that had ended. */
  readonly ended: readonly Connection[];
  readonly lost: number;
  /** It becomes a capture of its own: of those that a user clears. A page that navigates leaves nothing. */
  readonly stays: boolean;
  /** What made known the connections that went on. */
  readonly openings: readonly CaptureEvent[];
  readonly note: LogNote;
}

/** What was cleared a moment ago, and can be brought back until that is final. */
export class ClearedRows {
  readonly rows: CapturedRows;
  readonly ended: readonly Connection[];
  readonly lost: number;
  readonly #of: ClearedOf;

  constructor(rows: CapturedRows, of: ClearedOf) {
    this.rows = rows;
    this.ended = of.ended;
    this.lost = of.lost;
    this.#of = of;
  }

  /** What a view offers to bring back. */
  get offered(): Omit<Cleared, "isKept"> {
    return { frames: this.rows.log.messages, connections: this.ended.length };
  }

  /** It is no longer offered, or too much came since (`behind`, in bytes of payload) to be held in memory. */
  isOver(now: number, behind: number): boolean {
    const { at } = this.#of;
    return now - at >= UNDO_MS || now < at || behind > MOST_BEHIND_UNDO;
  }

  /** It is to be a capture of its own. Of nothing, none is made. */
  get stays(): boolean {
    return this.#of.stays && this.rows.log.length > 0;
  }

  /** With what the journal of the new log begins: what goes on, and how much had passed. */
  get beginning(): readonly PlacedEvent["event"][] {
    return [...this.#of.openings, this.#of.note];
  }
}
