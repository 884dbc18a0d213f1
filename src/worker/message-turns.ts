import type { Turns } from "../engine/turns.ts";

/** Turns by a message to oneself: a timer would wait 4 ms each time. */
export class MessageTurns implements Turns {
  readonly #channel = new MessageChannel();
  readonly #waiting: (() => void)[] = [];

  constructor() {
    this.#channel.port1.onmessage = () => this.#waiting.shift()?.();
  }

  soon(callback: () => void): void {
    this.#waiting.push(callback);
    this.#channel.port2.postMessage(null);
  }

  /** Nobody is called back any more. */
  end(): void {
    this.#channel.port1.close();
  }
}
