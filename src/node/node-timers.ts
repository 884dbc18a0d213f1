import type { Timers } from "../engine/timers.ts";

export const NODE_TIMERS: Timers = {
  now: () => Date.now(),
  later: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
