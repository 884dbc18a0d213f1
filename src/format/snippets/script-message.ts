import type { Direction } from "../../model/frame.ts";
import type { MonotonicSeconds } from "../../model/units.ts";

/** A message of the capture that a script may send, or a mock answer with. */
export interface ScriptMessage {
  /** As the table counts. */
  readonly number: number;
  readonly direction: Direction;
  readonly opcode: number;
  readonly payload: Uint8Array;
  readonly time: MonotonicSeconds;
  /** Its decoder says so. */
  readonly isHeartbeat: boolean;
  /** It was chosen; of the others the script learns what is answered and repeated. */
  readonly isChosen: boolean;
}
