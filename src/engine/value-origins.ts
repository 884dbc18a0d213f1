import type { ValueOrigin } from "../contract/snippets.ts";
import type { HttpExchange } from "../model/http-exchange.ts";
import type { ConnectionId } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { wholeScript } from "./snippet.ts";

/** Connections of an imported file whose secrets are looked for. */
const MOST_CONNECTIONS = 50;

/** Where the secrets of a connection came from; the answers that gave them are kept with the capture. Nothing for one that is no WebSocket, or has no URL. */
export function valueOrigins(capture: CaptureLog, id: ConnectionId, exchanges: readonly HttpExchange[]): readonly ValueOrigin[] {
  const connection = capture.table.connections.get(id);
  if (connection?.transport !== "websocket" || !/^(?:ws|http)s?:/i.test(connection.url)) return [];
  const { origins } = wholeScript(capture, connection, exchanges);
  capture.keepAnswers(id, origins.flatMap(({ answers }) => answers));
  return origins.map(({ variable, from, answers }) => ({ value: variable.about, from, isKept: answers.length > 0 }));
}

/** Keeps those of a file's answers that gave what its connections use. */
export function keepOrigins(capture: CaptureLog, exchanges: readonly HttpExchange[]): void {
  if (exchanges.length === 0) return;
  for (const id of [...capture.table.connections.keys()].slice(0, MOST_CONNECTIONS)) valueOrigins(capture, id, exchanges);
}
