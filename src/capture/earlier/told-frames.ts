import type { ConnectionId } from "../../model/units.ts";
import type { LoggedMessage } from "./devtools-log.ts";
import type { OrphanFrame } from "./match-socket.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";
import { stillToHear } from "./unheard-gap.ts";

/** Frames that DevTools' log has told of, and that Chrome may tell as well. */
export class ToldFrames {
  readonly #registry: SocketRegistry;
  /** How many of the next frames of a connection are in our log. */
  readonly #next = new Map<ConnectionId, number>();
  /** What was filled in while nobody listened: Chrome may tell the last of it as well. */
  readonly #filled = new Map<ConnectionId, readonly LoggedMessage[]>();

  constructor(registry: SocketRegistry) {
    this.#registry = registry;
  }

  /** Connections of which something is kept. */
  get size(): number {
    return this.#next.size + this.#filled.size;
  }

  /** The next `count` frames of a connection are in the log already. */
  skip(connection: ConnectionId, count: number): void {
    if (count > 0) this.#next.set(connection, count);
  }

  /** These messages are in the log; those of them that Chrome still tells are left out. */
  expect(connection: ConnectionId, messages: readonly LoggedMessage[]): void {
    const hasEnded = this.#registry.heardOf(connection) === undefined;
    if (messages.length > 0 && !hasEnded) this.#filled.set(connection, messages);
  }

  /** Whether a frame that Chrome tells is in the log already. `frame` is read only where that is asked of its content. */
  take(connection: ConnectionId, frame: () => OrphanFrame | undefined, clockOffset: number): boolean {
    if (this.#filled.size > 0) this.#compare(connection, frame(), clockOffset);
    const left = this.#next.get(connection);
    if (left === undefined) return false;
    if (left > 1) this.#next.set(connection, left - 1);
    else this.#next.delete(connection);
    return true;
  }

  /** Chrome will say nothing more of a connection. */
  forget(connection: ConnectionId): void {
    this.#next.delete(connection);
    this.#filled.delete(connection);
  }

  /** Nobody listens any more: what Chrome had still to tell never comes, though it is in the log. */
  end(): void {
    for (const [connection, left] of this.#next) this.#registry.addHeard(connection, left);
    this.#next.clear();
    this.#filled.clear();
  }

  #compare(connection: ConnectionId, frame: OrphanFrame | undefined, clockOffset: number): void {
    const messages = this.#filled.get(connection);
    if (messages === undefined || frame === undefined) return;
    // One frame tells: what follows it follows in the log as well.
    this.#filled.delete(connection);
    const left = stillToHear(messages, frame, this.#registry.clockOffsetOf(connection) ?? clockOffset);
    this.#registry.addHeard(connection, -left);
    this.skip(connection, left);
  }
}
