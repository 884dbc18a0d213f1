/** A thread of the engine's, which can be ended in the middle of whatever it does. It answers in the order of the requests. */
export interface Thread<Request, Answer> {
  post(request: Request, transfer: ArrayBuffer[]): void;
  onAnswer: (answer: Answer) => void;
  /** It threw at what it worked on, and gives no answer to that. `what`, `place`: as `Faults.addTold` takes them. */
  onFailure: (what: string, place?: string) => void;
  /** It ended without a word, by itself or by Chrome's hand. It answers no more. */
  onGone: () => void;
  /** Its script runs: from then on it is its own fault if it does not answer. */
  onReady: () => void;
  readonly isReady: boolean;
  end(): void;
}

/** What a thread says first: its script runs. */
export const READY = "ready";

/** What housings' threads have in common: how one is told, and the words that make it ready. */
export function createThread<Request, Answer>(how: Pick<Thread<Request, Answer>, "post" | "end">): {
  readonly thread: Thread<Request, Answer>;
  /** What the thread said. Answers whether it said that it is ready. */
  readonly hear: (said: typeof READY | Answer) => boolean;
} {
  let isReady = false;
  const thread: Thread<Request, Answer> = {
    ...how,
    onAnswer: () => {},
    onFailure: () => {},
    onGone: () => {},
    onReady: () => {},
    get isReady() {
      return isReady;
    },
  };
  const hear = (said: typeof READY | Answer): boolean => {
    if (said !== READY) thread.onAnswer(said);
    else {
      isReady = true;
      thread.onReady();
    }
    return said === READY;
  };
  return { thread, hear };
}

/** What a thread does: made with what it answers by, it is given one request after another. */
export type ThreadServer = (post: (message: unknown, transfer: ArrayBuffer[]) => void) => (request: never) => void;

/**
 * Takes one request after another, also where one has to wait for something: the next is taken when it is through. Where
 * nothing is waited for, each is taken at once.
 */
export function inTurn<Request>(take: (request: Request) => Promise<void> | undefined): (request: Request) => void {
  let last: Promise<void> | undefined;
  return (request) => {
    const taken = last === undefined ? take(request) : last.then(() => take(request));
    if (taken === undefined) return;
    const through: Promise<void> = taken.then(() => {
      if (last === through) last = undefined;
    });
    last = through;
  };
}
