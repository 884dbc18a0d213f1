import { assertNever } from "../model/assert-never.ts";
import type { Connection, Target } from "../model/connection.ts";
import { refusedStatus } from "../model/handshake/refusal.ts";
import { byteLength } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { ConnectionEnd, ConnectionRow } from "./contract.ts";

/** The connection list, grouped by target in the order in which targets first opened a socket. `now`: engine clock. */
export function connectionRows(capture: CaptureLog, now: number): ConnectionRow[] {
  const groups = new Map<string, ConnectionRow[]>();
  for (const connection of capture.table.connections.values()) {
    const target = capture.table.targets.get(connection.targetKey);
    const group = groups.get(connection.targetKey) ?? [];
    groups.set(connection.targetKey, group);
    const end = endOf(connection);
    const traffic = capture.traffic.of(connection.id);
    group.push({
      id: connection.id,
      targetKey: connection.targetKey,
      targetType: target?.type ?? "other",
      targetName: targetName(target),
      url: connection.url,
      subprotocol: chosenSubprotocol(connection),
      seenFromStart: connection.seenFromStart,
      state: connection.state,
      ...(connection.notice !== undefined && { notice: connection.notice }),
      ending: connection.ending ?? "",
      ...(end !== undefined && { end }),
      frames: traffic?.frames ?? 0,
      bytes: byteLength(traffic?.bytes ?? 0),
      rate: traffic?.meter.rate(now).frames ?? 0,
    });
  }
  return [...groups.values()].flat();
}

function endOf({ state, closing, ending, isOutliving }: Connection): ConnectionEnd | undefined {
  switch (state) {
    case "connecting":
    case "open":
      return undefined;
    case "closed":
      return isOutliving === true ? { kind: "capture ended" } : { kind: "closed", code: closing?.code ?? null };
    case "failed":
      return { kind: "failed", status: refusedStatus(ending ?? "") ?? null };
    default:
      return assertNever(state);
  }
}

/** Empty where none was chosen, or it is not known. */
export function chosenSubprotocol({ subprotocol, handshake }: Connection): string {
  const header = handshake.responseHeaders.find(({ name }) => name.toLowerCase() === "sec-websocket-protocol");
  return subprotocol ?? header?.value ?? "";
}

/** A worker is known by its file, a page or frame by its host. */
export function targetName(target: Target | undefined): string {
  if (target === undefined) return "";
  const url = URL.parse(target.url);
  if (url === null) return target.url;
  const file = url.pathname.split("/").at(-1) ?? "";
  const isWorker = target.type.endsWith("worker");
  return (isWorker && file !== "" ? file : url.host) || target.url;
}
