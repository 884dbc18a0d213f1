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
    this.#waiting.set(connection, [...(this.#waiting.get(connection) ?? []), message]);
  }

  /** It was not sent after all. */
  withdraw(connection: ConnectionId, message: OwnMessage): void {
    this.#keep(connection, (one) => one !== message);
  }

  take(connection: ConnectionId, opcode: number, data: string): OwnMessage | undefined {
    const found = this.#waiting.get(connection)?.find((one) => one.opcode === opcode && one.data === data);
    if (found !== undefined) this.withdraw(connection, found);
    return found;
  }

  forget(connection: ConnectionId): void {
    this.#waiting.delete(connection);
  }

  #keep(connection: ConnectionId, isKept: (one: OwnMessage) => boolean): void {
    const left = this.#waiting.get(connection)?.filter(isKept) ?? [];
    if (left.length === 0) this.#waiting.delete(connection);
    else this.#waiting.set(connection, left);
  }
}
