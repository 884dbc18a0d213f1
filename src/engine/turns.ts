/** Takes turns with whatever else the thread has to do: other messages come between two of them. */
export interface Turns {
  /** Calls back after what waits already; nobody is called back once the turns have ended. */
  readonly soon: (callback: () => void) => void;
}

/** Resolves with the next turn; never once the turns have ended. */
export function nextTurn(turns: Turns): Promise<void> {
  return new Promise((resolve) => turns.soon(resolve));
}

/** Works for a slice of a turn: `step` until it answers that there is no more for now, or the time is up. Answers whether there is more. */
export function workAWhile(step: () => boolean, now: () => number): boolean {
  const ends = now() + TURN_MS;
  let isMore = step();
  while (isMore && now() < ends) isMore = step();
  return isMore;
}

/** Work that is done in turns, so that everything else goes on beside it. */
export interface TurnEdges {
  /** Milliseconds, on any clock. */
  readonly now: () => number;
  readonly turns: Turns;
}

/** Works in turns until `step` answers that there is no more. Never resolves once the turns have ended. */
export async function workInTurns(step: () => boolean, { now, turns }: TurnEdges): Promise<void> {
  while (workAWhile(step, now)) await nextTurn(turns);
}

/** Runs a generator in turns, `take` given what it yields; resolves with what it returns. */
export async function runInTurns<Yielded, Result>(work: Iterator<Yielded, Result>, take: (yielded: Yielded) => void, edges: TurnEdges): Promise<Result> {
  let next = work.next();
  await workInTurns(() => {
    if (next.done === true) return false;
    take(next.value);
    next = work.next();
    return true;
  }, edges);
  return (next as IteratorReturnResult<Result>).value;
}

/** So long before other messages get their turn, in milliseconds. */
const TURN_MS = 8;
