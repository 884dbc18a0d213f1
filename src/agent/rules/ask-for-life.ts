/** Whether anybody is there still who asked for the rules. */
export interface LifeAsker {
  /** Asks, where nothing was asked yet. */
  readonly ask: () => void;
  /** Somebody has answered. */
  readonly answered: () => void;
}

/**
 * Asks, and where nobody answers within a time (`patience`, in milliseconds) takes all away (`gone`). As long as something
 * waits for them (`isNeeded`) they are asked again.
 */
export function askForLife(later: (act: () => void, milliseconds: number) => void, patience: number, put: () => void, isNeeded: () => boolean, gone: () => void): LifeAsker {
  let isAsking = false;
  let isAnswered = false;
  const ask = (): void => {
    if (isAsking) return;
    isAsking = true;
    isAnswered = false;
    put();
    later(() => {
      isAsking = false;
      if (!isAnswered) gone();
      else if (isNeeded()) ask();
    }, patience);
  };
  const answered = (): void => {
    isAnswered = true;
  };
  return { ask, answered };
}
