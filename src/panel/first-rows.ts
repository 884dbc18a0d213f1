let shown: () => void;

/**
 * Resolves once the first rows are on the screen and the capture has begun, or did not in time. What is loaded before
 * that delays both, and takes the cores from the page that is captured.
 */
export const firstRows: Promise<void> = new Promise((resolve) => (shown = resolve));

/** What can wait need not any longer. */
export function endWaiting(): void {
  shown();
}

/** A page that is never idle gets the rest all the same. */
const LATEST_MS = 1000;

/** Calls back once nothing else is to be done, after the first rows. Answers how to leave it. */
export function whenIdle(callback: () => void): () => void {
  let waiting: number | undefined;
  let isLeft = false;
  void firstRows.then(() => {
    if (!isLeft) waiting = requestIdleCallback(callback, { timeout: LATEST_MS });
  });
  return () => {
    isLeft = true;
    if (waiting !== undefined) cancelIdleCallback(waiting);
  };
}
