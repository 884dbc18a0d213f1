import { useEffect, useRef } from "react";

/** Where an answer takes long, it is asked for so many times as long after. */
const REST_TIMES = 20;

/** A call that is under way: `done` settles with it, whatever it answers. */
export interface Asking {
  readonly done: Promise<unknown>;
  cancel(): void;
}

/**
 * Asks at once, and again as `of` is another, `againIn` milliseconds apart at least. What was asked is never called off for
 * that: while more comes without end, each answer would be. Another `ask` begins anew. Of another log, after a clear or its
 * undo, nothing is known: it is asked at once.
 */
export function useAskedAgain(of: string, ask: () => Asking, againIn: number, log = 0): void {
  const wanted = useRef({ of, log });
  const plan = useRef<() => void>(() => {});

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running: Asking | undefined;
    let [askedFor, next, isLeft] = [{ of: "", log: wanted.current.log }, -Infinity, false];
    const run = (): void => {
      timer = undefined;
      askedFor = wanted.current;
      const began = performance.now();
      const asked = ask();
      running = asked;
      const ended = (): void => {
        running = undefined;
        const now = performance.now();
        next = now + Math.max(againIn, (now - began) * REST_TIMES);
        plan.current();
      };
      asked.done.then(ended, ended);
    };
    plan.current = () => {
      const isOtherLog = wanted.current.log !== askedFor.log;
      if (isOtherLog) {
        clearTimeout(timer);
        [timer, next] = [undefined, -Infinity];
      }
      if (isLeft || timer !== undefined || running !== undefined || (!isOtherLog && wanted.current.of === askedFor.of)) return;
      timer = setTimeout(run, Math.max(0, next - performance.now()));
    };
    plan.current();
    return () => {
      isLeft = true;
      clearTimeout(timer);
      running?.cancel();
    };
  }, [ask, againIn]);

  useEffect(() => {
    wanted.current = { of, log };
    plan.current();
  }, [of, log]);
}
