import { assertNever } from "../model/assert-never.ts";
import type { Connection } from "../model/connection.ts";
import type { ListedItem } from "../log/connection-order.ts";
import { byteLength, type ConnectionId } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { chosenSubprotocol, targetName } from "./connection-facts.ts";
import type { EngineCalls } from "../contract/calls.ts";
import type { ConnectionEnd, ConnectionItem, ConnectionList, ConnectionRow, ConnectionsQuery } from "../contract/connections.ts";
import { MOST_ROWS } from "../contract/rows.ts";

/** What a view shows of the connection list. `now`: engine clock. Cost: by what is asked for, not by how many there are. */
export function connectionList(capture: CaptureLog, { hidesEnded, chosen, watched, from, to }: ConnectionsQuery, now: number): ConnectionList {
  return capture.table.order.list({ withoutEnded: hidesEnded, kept: chosen }, (listed) => {
    const found = chosen === null ? undefined : listed.find(chosen);
    return {
      lines: listed.lines,
      connections: listed.connections,
      items: listed.items(from, Math.min(to, from + MOST_ROWS)).map((item) => (item.type === "target" ? targetItem(capture, item) : connectionItem(capture, item, now))),
      chosen: found === undefined ? null : connectionItem(capture, found, now),
      watched: watched.slice(0, MOST_ROWS).flatMap((id) => connectionRow(capture, id, now) ?? []),
    };
  });
}

export function connectionBeside(capture: CaptureLog, { hidesEnded, chosen, by }: Parameters<EngineCalls["connectionBeside"]>[0]): ReturnType<EngineCalls["connectionBeside"]> {
  return capture.table.order.list({ withoutEnded: hidesEnded, kept: chosen }, (listed) => {
    const from = chosen === null ? -1 : (listed.find(chosen)?.place ?? -1);
    const id = listed.at(Math.min(Math.max(-1, from + by), listed.connections - 1));
    return { connection: id ?? null, line: (id === undefined ? undefined : listed.find(id)?.line) ?? 0 };
  });
}

function targetItem({ table }: CaptureLog, item: ListedItem & { readonly type: "target" }): ConnectionItem {
  const target = table.targets.get(item.targetKey);
  return { ...item, targetType: target?.type ?? "other", targetName: targetName(target) };
}

function connectionItem(capture: CaptureLog, { type, line, place, id }: ListedItem & { readonly type: "connection" }, now: number): ConnectionItem<"connection"> {
  const row = connectionRow(capture, id, now);
  if (row === undefined) throw new Error(`Connection ${id} is listed and not in the table.`);
  return { type, line, place, row };
}

function connectionRow(capture: CaptureLog, id: ConnectionId, now: number): ConnectionRow | undefined {
  const connection = capture.table.connections.get(id);
  if (connection === undefined) return undefined;
  const end = endOf(connection);
  const traffic = capture.traffic.of(id);
  const decodedAs = capture.decoderChoice(id);
  return {
    id,
    url: connection.url,
    transport: connection.transport,
    ...(connection.transport === "event-source" && connection.family !== undefined && { reconnects: { first: connection.family, times: connection.reconnections } }),
    subprotocol: chosenSubprotocol(connection),
    seenFromStart: connection.seenFromStart,
    state: connection.state,
    ...(connection.notice !== undefined && { notice: connection.notice }),
    ...(decodedAs !== null && { decodedAs }),
    ending: connection.ending ?? "",
    ...(end !== undefined && { end }),
    frames: traffic?.frames ?? 0,
    bytes: byteLength(traffic?.bytes ?? 0),
    rate: traffic?.meter.rate(now).frames ?? 0,
  };
}

function endOf(connection: Connection): ConnectionEnd | undefined {
  const { state, failure, isOutliving } = connection;
  switch (state) {
    case "connecting":
    case "open":
      return undefined;
    case "closed":
      return isOutliving === true ? { kind: "capture ended" } : { kind: "closed", code: (connection.transport === "websocket" ? connection.closing?.code : undefined) ?? null };
    case "failed":
      return { kind: "failed", status: (connection.transport === "event-source" ? connection.exchange.status : failure?.status) ?? null };
    default:
      return assertNever(state);
  }
}
