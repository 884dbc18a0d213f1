import { MOST_ROWS } from "../contract/rows.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";
import { connectionId, type ConnectionId } from "../model/units.ts";
import type { KeptEngine } from "./kept-engine.ts";
import { plain } from "./plain-text.ts";

/** The one that was named, or the only one that there is. */
export async function chosenConnection(engine: KeptEngine, named: string | undefined): Promise<ConnectionId> {
  const { items, lines } = await engine.call("connections", { hidesEnded: false, chosen: null, watched: [], from: 0, to: MOST_ROWS });
  const sockets = items.flatMap((item) => (item.type === "connection" && item.row.transport === "websocket" ? [item.row] : []));
  // Of very many only the first are here.
  if (named !== undefined && /^\d{1,9}$/.test(named) && (lines > MOST_ROWS || sockets.some(({ id }) => id === Number(named)))) return connectionId(Number(named));
  const [only] = sockets;
  if (named === undefined && only !== undefined && sockets.length === 1) return only.id;
  const list = sockets.slice(0, MOST_LISTED).map(({ id, url }) => `\n${id}  ${plain(url.slice(0, MOST_URL))}`);
  throw new Refusal(say("node.code-choose", { list: list.join("") }));
}

const MOST_LISTED = 50;
const MOST_URL = 200;
