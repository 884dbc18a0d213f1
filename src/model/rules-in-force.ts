import type { Direction } from "./frame.ts";
import type { Told } from "./said.ts";
import type { ConnectionId } from "./units.ts";

/** A message that waits for the user. */
export interface HeldMessage {
  readonly id: string;
  readonly rule: string;
  readonly connection: ConnectionId;
  readonly direction: Direction;
  /** Null: binary, which is let go as it is. */
  readonly text: string | null;
}

/** Message rules as they are in force. */
export interface RulesInForce {
  /** Some document or worker has not these yet, or has others still. */
  readonly isSettling: boolean;
  /** In their order. `passed`: messages that were to wait, and did not since too much waited. */
  readonly on: readonly { readonly id: string; readonly applied: number; readonly aside: Told | null; readonly passed: number }[];
  /** The first of those that wait; the others come as these go. */
  readonly held: readonly HeldMessage[];
  /** Messages that wait for the user. */
  readonly waiting: number;
  /** Connections that were open before: those that come under the rules with their next message, with what they send alone, or not at all. */
  readonly awaited: number;
  readonly sentOnly: number;
  readonly beyond: number;
  /** Why rules do not apply in a document or worker that ran before. */
  readonly refused: Told | null;
}

export const NO_RULES: RulesInForce = { isSettling: false, on: [], held: [], waiting: 0, awaited: 0, sentOnly: 0, beyond: 0, refused: null };
