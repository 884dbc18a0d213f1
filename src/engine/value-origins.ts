import type { OutsidePlaces, ValueOrigin } from "../contract/snippets.ts";
import { postedBefore } from "../format/snippets/posted-before.ts";
import { frameIndex, type ConnectionId } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { wholeScript } from "./snippet.ts";

/** Connections whose secrets are looked for at once, the first. */
const MOST_CONNECTIONS = 50;

/** Where the secrets of a connection came from; the answers that gave them are kept with the capture. Nothing for one that is no WebSocket, or has no URL. */
export function valueOrigins(capture: CaptureLog, id: ConnectionId, outside: OutsidePlaces): readonly ValueOrigin[] {
  const connection = capture.table.connections.get(id);
  if (connection?.transport !== "websocket" || !/^(?:ws|http)s?:/i.test(connection.url)) return [];
  const { origins } = wholeScript(capture, connection, outside);
  capture.keepAnswers(id, [...origins.flatMap(({ answers }) => answers), ...postedBefore(connection.url, outside.exchanges)]);
  return origins.map(({ variable, from, answers, messages }) => ({ value: variable.about, from, isKept: answers.length > 0, sentIn: messages.map((number) => frameIndex(number - 1)) }));
}

/** Keeps those of some answers that gave what connections use; a step for each connection. */
export function* keepOrigins(capture: CaptureLog, { exchanges }: Pick<OutsidePlaces, "exchanges">): Generator<void, void, void> {
  if (exchanges.length === 0) return;
  for (const id of [...capture.table.connections.keys()].slice(0, MOST_CONNECTIONS)) {
    valueOrigins(capture, id, { exchanges });
    yield;
  }
}
