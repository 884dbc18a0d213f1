import type { ConnectionTable } from "../log/connection-table.ts";
import type { Connection, Target } from "../model/connection.ts";
import type { ConnectionId } from "../model/units.ts";
import type { ConnectionFacts } from "../query/query-row.ts";

/** What queries ask of a connection. Found out once for each: it is one object until the connection or its target is another. */
export function factsOf({ connections, targets }: ConnectionTable, id: ConnectionId): ConnectionFacts {
  const connection = connections.get(id);
  if (connection === undefined) return { id, url: "", targetType: null, targetName: "", targetUrl: "", subprotocol: "" };
  const target = targets.get(connection.targetKey);
  const known = KNOWN.get(connection);
  if (known !== undefined && known.target === target) return known.facts;
  const facts: ConnectionFacts = {
    id,
    transport: connection.transport,
    url: connection.url,
    targetType: target?.type ?? null,
    targetName: targetName(target),
    targetUrl: target?.url ?? "",
    subprotocol: chosenSubprotocol(connection),
  };
  KNOWN.set(connection, { target, facts });
  return facts;
}

/** A connection that changes is another object. */
const KNOWN = new WeakMap<Connection, { readonly target: Target | undefined; readonly facts: ConnectionFacts }>();

/** Empty where none was chosen, or it is not known. */
export function chosenSubprotocol(connection: Connection): string {
  if (connection.transport !== "websocket") return "";
  const { subprotocol, handshake } = connection;
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
