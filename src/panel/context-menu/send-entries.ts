import { countPlaces } from "../state/place-ranges.ts";
import { isSendable, MOST_AGAIN } from "../state/sending-store.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** What can be sent again: one message, or all that are selected, one after the other. */
export const frameResend: MenuPart<"frame"> = ({ session, speaker: { words }, target: { row } }) => {
  if (!isSendable(row) || !session.abilities.getState().includes("send")) return [];
  const selected = countPlaces(session.selection.store.getState().ranges);
  return [{ type: "item", text: words("menu.resend"), hint: "R", reason: selected > MOST_AGAIN ? words("menu.most", { n: MOST_AGAIN }) : null, run: () => session.sending.open(row.connection, row) }];
};

/** A message on the connection, and another connection like it. */
export const connectionSend: MenuPart<"connection"> = ({ session, speaker: { words }, target: { row } }) => {
  if (row.transport !== "websocket" || !session.abilities.getState().includes("send")) return [];
  const entries: MenuEntry[] = [];
  if (row.state === "open") entries.push({ type: "item", text: words("menu.send-on"), run: () => session.sending.open(row.id) });
  if (row.frames > 0) entries.push({ type: "item", text: words("menu.send-transcript"), run: () => session.sending.openWhole(row.id) });
  if (row.url !== "") entries.push({ type: "item", text: words("menu.connect-again"), run: () => session.sending.openToConnect(row) });
  if (row.state === "open") entries.push({ type: "item", text: words("live.close"), run: () => session.sending.openToClose(row.id) });
  return entries;
};
