/** Time, as the engine's housing has it. */
export interface Timers {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back once, after so many milliseconds or later; the answer calls it off. */
  readonly later: (callback: () => void, milliseconds: number) => () => void;
}
