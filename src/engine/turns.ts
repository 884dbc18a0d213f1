/** Calls back after the messages that wait already; a timer would wait 4 ms each time. */
export class Turns {
  readonly #channel = new MessageChannel();
  readonly #waiting: (() => void)[] = [];

  constructor() {
    this.#channel.port1.onmessage = () => this.#waiting.shift()?.();
  }

  soon(callback: () => void): void {
    this.#waiting.push(callback);
    this.#channel.port2.postMessage(null);
  }

  /** Resolves after them; never once the turns have ended. */
  next(): Promise<void> {
    return new Promise((resolve) => this.soon(resolve));
  }

  /** Nobody is called back any more. */
  end(): void {
    this.#channel.port1.close();
  }
}
