import type { RowDetail } from "../../model/capture-batch.ts";
import type { RowOrigin } from "../../model/frame.ts";
import type { ConnectionId } from "../../model/units.ts";

/** A message that the user sends, or a rule lets out, as Chrome will tell of it. */
export interface OwnMessage {
  readonly opcode: number;
  /** Text, or base64 where the opcode is binary. */
  readonly data: string;
  readonly origin: RowOrigin;
  /** Chrome tells of it, but it never was a message: it gets no row. */
  readonly isNone?: boolean;
  /** What there is to say of its row. */
  readonly details: readonly RowDetail[];
}

/** Which of the frames that Chrome tells of are the user's: the next that is like the one that was asked for. */
export class OwnMessages {
  readonly #waiting = new Map<ConnectionId, OwnMessage[]>();

  /** Connections that such a message is awaited on. */
  get size(): number {
    return this.#waiting.size;
  }

  expect(connection: ConnectionId, message: OwnMessage): void {
    const waiting = this.#waiting.get(connection);
    if (waiting === undefined) this.#waiting.set(connection, [message]);
    else waiting.push(message);
  }

  /** It was not sent after all. */
  withdraw(connection: ConnectionId, message: OwnMessage): void {
    this.#removeAt(connection, this.#waiting.get(connection)?.indexOf(message) ?? -1);
  }

  take(connection: ConnectionId, opcode: number, data: string): OwnMessage | undefined {
    const waiting = this.#waiting.get(connection);
    const at = waiting?.findIndex((one) => one.opcode === opcode && one.data === data) ?? -1;
    const found = waiting?.[at];
    this.#removeAt(connection, at);
    return found;
  }

  forget(connection: ConnectionId): void {
    this.#waiting.delete(connection);
  }

  #removeAt(connection: ConnectionId, at: number): void {
    const waiting = this.#waiting.get(connection);
    if (waiting === undefined || at < 0) return;
    waiting.splice(at, 1);
    if (waiting.length === 0) this.#waiting.delete(connection);
  }
}
