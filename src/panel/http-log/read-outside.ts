import type { OutsidePlaces } from "../../contract/snippets.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { readHttpLog } from "./read-http-log.ts";

/** In what it is looked for where secrets of a connection came from, beside the capture. */
export async function readOutside({ abilities, capture }: Pick<PanelSession, "abilities" | "capture">, connection: ConnectionId): Promise<OutsidePlaces> {
  // What is kept has no page to ask.
  const isLive = abilities.getState().includes("send");
  const [exchanges, stored] = await Promise.all([readHttpLog(Date.now()), isLive ? capture.live("storedValues", { connection }).catch(() => []) : []]);
  return { exchanges, stored };
}
