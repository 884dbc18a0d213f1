import { exchangeOf, type Closing, type Connection } from "../../model/connection.ts";
import { epochMilliseconds, LAST_DATE, type EpochMilliseconds, type MonotonicSeconds } from "../../model/units.ts";
import type { ExportSource } from "../export-format.ts";
import type { HarClose, HarEntryTail } from "./har-types.ts";
import { cleanText } from "./sanitise.ts";

/** When what happened to a connection, on the wall clock; undefined where that is not known. */
export interface EntryTimes {
  /** When the page asked for the socket, or the earliest thing known of it. */
  readonly started: EpochMilliseconds | undefined;
  readonly requested: EpochMilliseconds | undefined;
  readonly answered: EpochMilliseconds | undefined;
  readonly closed: EpochMilliseconds | undefined;
}

/** `firstRow`: the time of the connection's first row, for one that was open before the capture. */
export function entryTimes(connection: Connection, clock: ExportSource["clock"], firstRow: EpochMilliseconds | null): EntryTimes {
  const read = (time: MonotonicSeconds | undefined): EpochMilliseconds | undefined =>
    time === undefined ? undefined : knownTime(clock.toEpoch(time));
  const exchange = exchangeOf(connection);
  const requested = read(exchange.requestTime);
  return {
    started: earliest(read(connection.createdAt), requested) ?? read(connection.openedAt) ?? knownTime(firstRow),
    requested,
    answered: read(exchange.responseTime),
    closed: read(connection.closedAt),
  };
}

/**
 * `time` and `timings` of HAR 1.2: `wait` ends with the response's headers and `receive` with the socket, or with the
 * last row written of one that is still open. `closing`: of a WebSocket; a stream of events has no close frame.
 */
export function entryTail(times: EntryTimes, lastRow: EpochMilliseconds | null, closing: Closing | "stream" | undefined, sensitive: boolean): HarEntryTail {
  const { started, requested, answered, closed } = times;
  const end = closed ?? lastRow ?? answered ?? requested ?? started;
  const blocked = requested === undefined || started === undefined || requested === started ? -1 : span(started, requested);
  // Without a request there was nothing to wait for; without an answer everything was waiting.
  const wait = requested === undefined ? 0 : span(requested, answered ?? end);
  const receive = requested === undefined ? span(started, end) : span(answered, end);
  const close = closing === "stream" ? undefined : closeOf(closed, closing, sensitive);
  return {
    time: Math.max(blocked, 0) + wait + receive,
    timings: { blocked, dns: -1, connect: -1, ssl: -1, send: 0, wait, receive },
    ...(close === undefined ? {} : { _webSocketClose: close }),
  };
}

/** No close frame was received where the code is 1006 (RFC 6455 §7.4.1). */
const NO_CLOSE_FRAME = 1006;

function closeOf(closed: EpochMilliseconds | undefined, closing: Closing | undefined, sensitive: boolean): HarClose | "aborted" | undefined {
  const when = closed === undefined ? {} : { timestamp: closed / 1000 };
  if (closing === undefined) return closed === undefined ? undefined : when;
  if (closing.code === NO_CLOSE_FRAME) return "aborted";
  return { code: closing.code, reason: sensitive ? closing.reason : cleanText(closing.reason), ...when };
}

/** HAR has no word for an unknown start, which is mandatory: 1970, and the entry's comment says so. */
export const UNKNOWN_START = epochMilliseconds(0);

/** A time that ISO 8601 can write with four digits of year; undefined for any other. */
export function knownTime(time: EpochMilliseconds | null | undefined): EpochMilliseconds | undefined {
  return typeof time === "number" && time >= 0 && time <= LAST_DATE ? time : undefined;
}

function earliest(one: EpochMilliseconds | undefined, other: EpochMilliseconds | undefined): EpochMilliseconds | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

const span = (from: number | undefined, to: number | undefined): number =>
  from === undefined || to === undefined ? 0 : Math.max(to - from, 0);
