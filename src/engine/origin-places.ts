import type { OutsidePlaces } from "../contract/snippets.ts";
import type { ScriptSource } from "../format/snippets/make-script.ts";
import type { EarlierMessage, FindEarlier } from "../format/snippets/sources.ts";
import { exchangeKey } from "../log/kept-answers.ts";
import type { WebSocketConnection } from "../model/connection.ts";
import { directionOf, isPayloadUnreported, opcodeOf, OPCODE_TEXT, wasOnWire } from "../model/frame.ts";
import type { HttpExchange } from "../model/http-exchange.ts";
import { frameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { firstIn } from "./find-bytes.ts";

/** Rows that are looked through for a secret, and bytes of them: those right before it was used. */
const MOST_ROWS = 20_000;
const MOST_BYTES = 16 << 20;
/** Longer messages are no answer to a login. */
const MOST_MESSAGE = 1 << 20;

/** In what it is looked for where secrets of a connection came from. */
export const originPlaces = (capture: CaptureLog, connection: WebSocketConnection, { exchanges, stored = [] }: OutsidePlaces): Pick<ScriptSource, "exchanges" | "openedAt" | "findEarlier" | "stored"> => ({
  stored,
  exchanges: allExchanges(capture, exchanges),
  openedAt: connection.openedAt === undefined ? undefined : capture.table.clock.toEpoch(connection.openedAt),
  findEarlier: earlierMessages(capture, connection),
});

/** The answers that the capture has, and those that are found now. */
function allExchanges({ answers }: CaptureLog, exchanges: readonly HttpExchange[]): readonly HttpExchange[] {
  const kept = answers.exchanges;
  const known = new Set(kept.map(exchangeKey));
  return [...kept, ...exchanges.filter((exchange) => !known.has(exchangeKey(exchange)))];
}

/** Looks through the messages before one of a connection, or before it opened. Silent where the page had sent the secret itself before. */
function earlierMessages({ log, table }: CaptureLog, { id, openedAt, createdAt }: WebSocketConnection): FindEarlier {
  const opening = (): number => {
    const time = createdAt ?? openedAt ?? -Infinity;
    for (let i = 0; i < log.length; i++) if (log.timeAt(frameIndex(i)) > time || log.connectionAt(frameIndex(i)) === id) return i;
    return log.length;
  };
  return (secret, before) => {
    const sought = TO_UTF8.encode(secret);
    let first: EarlierMessage | "sent" | undefined;
    let bytes = 0;
    const end = Math.min(before ?? opening(), log.length);
    for (let i = end - 1; i >= Math.max(0, end - MOST_ROWS) && bytes < MOST_BYTES; i--) {
      const row = frameIndex(i);
      const bits = log.bitsAt(row);
      const length = log.lengthAt(row);
      const direction = directionOf(bits);
      if (direction === undefined || !wasOnWire(bits) || isPayloadUnreported(bits) || opcodeOf(bits) !== OPCODE_TEXT || length < sought.length || length > MOST_MESSAGE) continue;
      bytes += length;
      const payload = log.payloadAt(row);
      if (firstIn(payload, sought) === undefined) continue;
      const connection = log.connectionAt(row);
      first = direction === "sent" ? "sent" : { number: i + 1, url: connection === id ? null : (table.connections.get(connection)?.url ?? ""), text: TEXT.decode(payload) };
    }
    return first === "sent" ? undefined : first;
  };
}

const TO_UTF8 = new TextEncoder();
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
