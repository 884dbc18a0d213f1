import type { ConnectionId, MonotonicSeconds } from "../../model/units.ts";
import type { LoggedMessage, LoggedSocket } from "./devtools-log.ts";
import type { EarlierRows, MissedSocket } from "./earlier-rows.ts";
import type { OrphanFrame } from "./match-socket.ts";
import type { SocketRegistry } from "../sources/socket-registry.ts";

/** A time in which the capture had ended, and after which it goes on. */
export interface UnheardGap {
  readonly seconds: number;
  /** From when on Chrome tells everything again. */
  readonly until: () => MonotonicSeconds;
  /** Chrome refused to tell again: it is not over, and another search will fill it. */
  readonly goesOn: () => boolean;
  /** The page is another document than before. */
  readonly hasNavigated: () => boolean;
}

/** From DevTools' wall time of a connection to CDP's clock. */
type Clock = (wallTime: number, connection: ConnectionId) => MonotonicSeconds;

/** How far our reading of the clock may be off on a busy machine: what Chrome tells as well is better than a loss. */
const CLOCK_ERROR = 0.1;

/**
 * Puts into the log what DevTools' own log has of known sockets and nobody heard. The log counts as Chrome tells:
 * what was heard of a socket are its first messages there. Answers the sockets and the messages added.
 */
export function fillGap(log: readonly LoggedSocket[], registry: SocketRegistry, rows: EarlierRows, clock: Clock, until: MonotonicSeconds): readonly MissedSocket[] {
  const missed = log.flatMap(({ key, messages, endedAt }): MissedSocket[] => {
    const connection = registry.ofHandshake(key);
    const heard = connection === undefined ? undefined : registry.heardOf(connection);
    if (connection === undefined || heard === undefined) return [];
    const isBefore = (time: number): boolean => clock(time, connection) < until + CLOCK_ERROR;
    const isOver = endedAt !== undefined && isBefore(endedAt);
    return [{ connection, messages: messages.slice(heard).filter(({ time }) => isBefore(time)), endedAt: isOver ? endedAt : undefined }];
  });
  rows.addMissed(missed, clock);
  for (const { connection, messages, endedAt } of missed) {
    registry.addHeard(connection, messages.length);
    if (endedAt !== undefined) registry.endConnection(connection);
  }
  return missed;
}

/** How far the times of one message, as DevTools and we were told them, may lie apart. */
const MOST_DIFFERENCE = 0.02;

/**
 * How many of these messages of the log are still to be heard, the first of them as `frame`: they passed while Chrome
 * had begun to tell us again.
 */
export function stillToHear(messages: readonly LoggedMessage[], frame: OrphanFrame, clockOffset: number): number {
  let nearest = -1;
  let difference = MOST_DIFFERENCE;
  messages.forEach(({ time, direction, opcode, data }, at) => {
    const apart = Math.abs(time - (frame.timestamp + clockOffset));
    if (apart >= difference || direction !== frame.direction || opcode !== frame.opcode || data !== frame.data) return;
    nearest = at;
    difference = apart;
  });
  return nearest < 0 ? 0 : messages.length - nearest;
}
