import type { AskedEnd } from "../../model/outgoing-message.ts";
import type { ConnectionId } from "../../model/units.ts";

/**
 * Connections that the user opens, told by the name of the script that makes each: Chrome gives it as the initiator. And those
 * that the user ends.
 */
export class OwnConnections {
  readonly #waiting = new Map<string, (connection: ConnectionId) => void>();
  readonly #own = new Set<ConnectionId>();

  readonly #asked = new Map<ConnectionId, AskedEnd>();

  has(connection: ConnectionId): boolean {
    return this.#own.has(connection);
  }

  /** Resolves once Chrome has told of the socket that the script of this name made. */
  expect(script: string): Promise<ConnectionId> {
    return new Promise((resolve) => this.#waiting.set(script, resolve));
  }

  /** Before Chrome tells that it has ended. */
  expectEnd(connection: ConnectionId, asked: AskedEnd): void {
    this.#asked.set(connection, asked);
  }

  /** It has ended, or was not ended after all. */
  takeEnd(connection: ConnectionId): AskedEnd | undefined {
    const asked = this.#asked.get(connection);
    this.#asked.delete(connection);
    return asked;
  }

  withdraw(script: string): void {
    this.#waiting.delete(script);
  }

  /** What is to be told of the socket's number, where a script of the user's made it. */
  take(script: string | undefined): ((connection: ConnectionId) => void) | undefined {
    const told = script === undefined ? undefined : this.#waiting.get(script);
    if (script !== undefined) this.#waiting.delete(script);
    return (
      told &&
      ((connection) => {
        this.#own.add(connection);
        told(connection);
      })
    );
  }
}
