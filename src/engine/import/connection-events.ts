import type { ImportedConnection } from "../../format/import-format.ts";
import type { CaptureEvent } from "../../model/capture-batch.ts";
import { nameFailure } from "../../model/failure.ts";
import { say } from "../../model/said.ts";
import { connectionId, monotonicSeconds, type ConnectionId, type MonotonicSeconds } from "../../model/units.ts";
import type { RowOrder } from "./row-order.ts";

/** Events of a connection that stand together among the rows. */
export interface EventsAt {
  /** Milliseconds, as the keys of the rows. */
  readonly time: number;
  /** They stand before rows of the same time, else behind them. */
  readonly isOpening: boolean;
  readonly events: readonly CaptureEvent[];
}

/** What a capture would have told of the connections of a file, in order. `isDated`: times count from 1970. */
export function connectionEvents(described: readonly (ImportedConnection | undefined)[], { first, last }: RowOrder, isDated: boolean): EventsAt[] {
  /** Keys of targets, by what they are. */
  const targets = new Map<string, string>();
  const all = described.flatMap((what = NOTHING_KNOWN, place): EventsAt[] => {
    const id = connectionId(place + 1);
    const firstRow = known(first[id]);
    const asked = Math.min(what.startedAt ?? firstRow ?? 0, firstRow ?? Infinity);
    const answered = Math.min(Math.max(what.answeredAt ?? asked, asked), firstRow ?? Infinity);
    const ended = what.closedAt ?? answered;
    const closed = Math.max(ended, known(last[id]) ?? ended);
    return [
      { time: asked, isOpening: true, events: opening(what, id, asked, { targets, isDated, hasRows: firstRow !== undefined }) },
      ...(what.status !== undefined ? [{ time: answered, isOpening: true, events: [answer(what, id, answered)] }] : []),
      ...(what.failed === undefined && !what.isClosed ? [] : [{ time: closed, isOpening: false, events: ending(what, id, closed) }]),
    ];
  });
  return all.toSorted((a, b) => a.time - b.time || Number(b.isOpening) - Number(a.isOpening));
}

const known = (time: number | undefined): number | undefined => (time === undefined || Number.isNaN(time) ? undefined : time);

/** The file ended before it said more of it than its messages. */
const NOTHING_KNOWN: ImportedConnection = { transport: "websocket", url: "", requestHeaders: [], responseHeaders: [], statusText: "", isClosed: false };

function opening(what: ImportedConnection, connection: ConnectionId, asked: number, { targets, isDated, hasRows }: { readonly targets: Map<string, string>; readonly isDated: boolean; readonly hasRows: boolean }): CaptureEvent[] {
  const { transport, url, target, initiator, notice, requestHeaders: headers } = what;
  const name = target === undefined ? "" : `${target.type} ${target.url}`;
  const isNew = target !== undefined && !targets.has(name);
  const targetKey = target === undefined ? "" : (targets.get(name) ?? `import-${targets.size + 1}`);
  targets.set(name, targetKey);
  const isAsked = what.startedAt !== undefined || what.status !== undefined || headers.length > 0;
  // Messages came, so it was open: of one whose answer is not known, the opening was not seen.
  const seenFromStart = isAsked && (what.status !== undefined || what.failed !== undefined || !hasRows);
  return [
    ...(isNew ? [{ type: "target", target: { key: targetKey, ...target } } as const] : []),
    { type: "created", connection, transport, targetKey, url, seenFromStart, ...(initiator && { initiator }), ...(notice !== undefined && { notice }) },
    ...(isDated && isAsked ? [{ type: "handshake-request", connection, time: seconds(asked), wallTime: asked / 1000, headers } as const] : []),
  ];
}

function answer({ status = 0, statusText, requestHeaders, responseHeaders: headers }: ImportedConnection, connection: ConnectionId, time: number): CaptureEvent {
  return { type: "handshake-response", connection, time: seconds(time), status, statusText, headers, ...(requestHeaders.length > 0 && { requestHeaders }) };
}

function ending({ failed, status, closing }: ImportedConnection, connection: ConnectionId, closed: number): CaptureEvent[] {
  const time = seconds(closed);
  const details = closing === undefined ? [] : [{ type: "close-details", connection, time, closing } as const];
  if (failed?.hasRow === true) return [{ type: "closed", connection, time }, ...details];
  if (failed !== undefined) {
    const failure = status === undefined ? undefined : ({ reason: "status", status } as const);
    const message = failed.words !== "" ? failed.words : failure === undefined ? say("log.closed-unanswered") : nameFailure(failure, "");
    return [{ type: "error", connection, time, message, ...(failure && { failure }) }, { type: "closed", connection, time }];
  }
  return [{ type: "closed", connection, time, ...(closing !== undefined && { observed: true }) }, ...details];
}

const seconds = (milliseconds: number): MonotonicSeconds => monotonicSeconds(milliseconds / 1000);
