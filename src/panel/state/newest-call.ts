/**
 * A call that is made with the newest argument only: one is under way at a time, and when it returns, the last argument
 * given meanwhile is used; those between are never sent.
 */
export function newestCall<Argument, Answer>(
  call: (argument: Argument) => Promise<Answer>,
  done: (answer: Answer, argument: Argument) => void,
  failed: (problem: Error, argument: Argument) => void,
): (argument: Argument) => void {
  let waiting: { readonly argument: Argument } | null = null;
  let isBusy = false;

  async function run(): Promise<void> {
    isBusy = true;
    while (waiting !== null) {
      const { argument } = waiting;
      waiting = null;
      try {
        const answer = await call(argument);
        // An answer that a newer argument has already made old is not shown.
        if (waiting === null) done(answer, argument);
      } catch (problem) {
        if (waiting === null) failed(problem as Error, argument);
      }
    }
    isBusy = false;
  }

  return (argument) => {
    waiting = { argument };
    if (!isBusy) void run();
  };
}
