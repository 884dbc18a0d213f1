import type { Timers } from "../../src/engine/timers.ts";
import type { Turns } from "../../src/engine/turns.ts";

/** Node's own clock and timers, or those that a test put in their place. */
export const TIMERS: Timers = {
  now: () => Date.now(),
  later: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

export const TURNS: Turns = { soon: (callback) => void setImmediate(callback) };
