import { useEffect, useLayoutEffect, useReducer, useState } from "react";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import { RangeLoader } from "../virtual/range-loader.ts";

const AROUND = 30;

interface Lines<T> {
  readonly at: (index: number) => T | undefined;
  readonly problem: Told | null;
}

interface Loading<T> {
  readonly ask: (from: number, to: number) => Promise<readonly T[]>;
  readonly loader: RangeLoader<T>;
}

/**
 * The lines on view of a long list in the engine; another `ask` is another list. `version` is another when the same places
 * hold other lines, and 0 as a list begins. `head`: its first lines, which are known already. `same`: whether two lines are drawn alike;
 * then the one before stays, in another list too, and is not drawn again.
 */
export function useLines<T>(
  ask: (from: number, to: number) => Promise<readonly T[]>,
  view: { readonly from: number; readonly to: number; readonly count: number },
  version = 0,
  head: readonly T[] = [],
  same?: (a: T, b: T) => boolean,
): Lines<T> {
  const [problem, setProblem] = useState<Told | null>(null);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const load = (before?: RangeLoader<T>): Loading<T> => ({
    ask,
    loader: new RangeLoader<T>({
      ask,
      same,
      first: { from: 0, items: before === undefined ? head : before.reuse(0, head), askedTo: head.length },
      loaded: () => {
        setProblem(null);
        redraw();
      },
      failed: (why) => setProblem(toldBy(why)),
    }),
  });
  const [loading, setLoading] = useState(() => load());
  if (loading.ask !== ask) {
    setLoading(load(loading.loader));
    setProblem(null);
  }
  const { loader } = loading;
  const { from, to, count } = view;
  useLayoutEffect(() => {
    const range = loader.range;
    if (range !== null && range.version === version && range.from <= from && range.askedTo >= to) return;
    loader.want(Math.max(0, from - AROUND), Math.min(count, to + AROUND), version);
  }, [loader, from, to, count, version]);
  useEffect(() => () => loader.forget(), [loader]);
  return { at: (index) => loader.at(index), problem };
}
