import type { RunEdges } from "./transcript-run.ts";

/** What was received, as a log is asked for it. `looked`: the row from which on to ask again. */
export interface Hearing {
  readonly rowCount: () => Promise<number>;
  /** The newest value at a path. */
  readonly receivedValue: (query: { readonly from: number; readonly path: string }) => Promise<{ readonly value: string | null; readonly looked: number }>;
  readonly receivedMatch: (query: { readonly from: number; readonly filter: string }) => Promise<{ readonly matches: boolean; readonly looked: number }>;
}

/** What a run may still ask for. */
export interface Asked {
  readonly paths: readonly string[];
  /** Empty for none. */
  readonly filter: string;
}

/** Looks for what is not decoded yet, where the log is about to be cleared. */
const MOST_LOOKS = 25;

export interface Heard extends Pick<RunEdges, "begin" | "answer" | "isStopped"> {
  /** The log is about to be cleared: what it has is kept. `rest` waits a little. */
  readonly keep: (asked: Asked, rest: () => Promise<void>) => Promise<void>;
}

/** How a run hears of answers, from a row on. Each row is looked at once for each thing that is sought. */
export function hearAnswers(hearing: Hearing, from: number): Heard {
  /** What is not looked at yet, by what is sought there. */
  const looked = new Map<string, number>();
  /** Values of this repetition that were cleared since. */
  const kept = new Map<string, string>();
  let since = from;
  let stopLooked = from;
  let wasMatched = false;

  const newest = async (path: string): Promise<string | null> => {
    for (let before = looked.get(path) ?? since; ; ) {
      const found = await hearing.receivedValue({ from: before, path });
      if (found.value !== null) {
        looked.delete(path);
        return found.value;
      }
      looked.set(path, found.looked);
      if (found.looked <= before) return null;
      before = found.looked;
    }
  };
  const isStopped = async (filter: string): Promise<boolean> => {
    while (!wasMatched) {
      const found = await hearing.receivedMatch({ from: stopLooked, filter });
      wasMatched = found.matches;
      if (found.looked <= stopLooked) break;
      stopLooked = found.looked;
    }
    return wasMatched;
  };
  return {
    begin: async () => {
      since = await hearing.rowCount();
      looked.clear();
      kept.clear();
    },
    answer: async (path) => (await newest(path)) ?? kept.get(path) ?? null,
    isStopped,
    keep: async ({ paths, filter }, rest) => {
      const end = await hearing.rowCount();
      const seek = async (path: string): Promise<void> => {
        for (let looks = 0; looks < MOST_LOOKS; looks++) {
          const value = await newest(path);
          if (value !== null) return void kept.set(path, value);
          if ((looked.get(path) ?? since) >= end) return;
          await rest();
        }
      };
      await Promise.all(paths.map(seek));
      if (filter === "") return;
      for (let looks = 0; looks < MOST_LOOKS; looks++) {
        if ((await isStopped(filter)) || stopLooked >= end) return;
        await rest();
      }
    },
  };
}
