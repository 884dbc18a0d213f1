import { useCallback, useState } from "react";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import { useAskedAgain, type Asking } from "./use-asked-again.ts";

/** While what is asked about goes on, it is asked again this often at most. */
const AGAIN_MS = 2000;

interface LiveAnswer<Value> {
  /** The newest; null before the first. */
  readonly answer: Value | null;
  /** Why there is no newer one. */
  readonly problem: Told | null;
  /** How far the first one is, 0 to 1. */
  readonly share: number;
}

type Start<Value> = (onProgress: (share: number) => void) => { readonly answer: Promise<Value>; cancel(): void };

const NOTHING_ASKED: Asking = { done: Promise.resolve(), cancel: () => {} };

/** What a call answers of something that goes on: asked at once, and again as `of` is another. Another `start` is another call; null: none. */
export function useLiveAnswer<Value>(start: Start<Value> | null, of: string): LiveAnswer<Value> {
  const [answer, setAnswer] = useState<Value | null>(null);
  const [problem, setProblem] = useState<Told | null>(null);
  const [share, setShare] = useState(0);
  const ask = useCallback((): Asking => {
    if (start === null) return NOTHING_ASKED;
    let isLeft = false;
    const call = start(setShare);
    const done = call.answer.then(
      (value) => {
        if (isLeft) return;
        setProblem(null);
        setAnswer(value);
      },
      (why: unknown) => isLeft || setProblem(toldBy(why)),
    );
    const cancel = (): void => {
      isLeft = true;
      call.cancel();
    };
    return { done, cancel };
  }, [start]);
  useAskedAgain(of, ask, AGAIN_MS);
  return { answer, problem, share };
}
