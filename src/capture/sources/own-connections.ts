import type { ConnectionId } from "../../model/units.ts";

/** Connections that the user opens, told by the name of the script that makes each: Chrome gives it as the initiator. */
export class OwnConnections {
  readonly #waiting = new Map<string, (connection: ConnectionId) => void>();
  readonly #own = new Set<ConnectionId>();

  has(connection: ConnectionId): boolean {
    return this.#own.has(connection);
  }

  /** Resolves once Chrome has told of the socket that the script of this name made. */
  expect(script: string): Promise<ConnectionId> {
    return new Promise((resolve) => this.#waiting.set(script, resolve));
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
