import type { RunEdges } from "./transcript-run.ts";

/** What was received, as a log is asked for it. `looked`: the row from which on to ask again. */
export interface Hearing {
  readonly rowCount: () => Promise<number>;
  /** The newest value at a path. */
  readonly receivedValue: (query: { readonly from: number; readonly path: string }) => Promise<{ readonly value: string | null; readonly looked: number }>;
  readonly receivedMatch: (query: { readonly from: number; readonly filter: string }) => Promise<{ readonly matches: boolean; readonly looked: number }>;
}

/** How a run hears of answers, from a row on. Each row is looked at once for each thing that is sought. */
export function hearAnswers(hearing: Hearing, from: number): Pick<RunEdges, "begin" | "answer" | "isStopped"> {
  /** What is not looked at yet, by what is sought there. */
  const looked = new Map<string, number>();
  let since = from;
  let stopLooked = from;
  return {
    begin: async () => {
      since = await hearing.rowCount();
      looked.clear();
    },
    answer: async (path) => {
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
    },
    isStopped: async (filter) => {
      for (;;) {
        const found = await hearing.receivedMatch({ from: stopLooked, filter });
        if (found.matches || found.looked <= stopLooked) return found.matches;
        stopLooked = found.looked;
      }
    },
  };
}
