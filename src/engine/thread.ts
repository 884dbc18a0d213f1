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
