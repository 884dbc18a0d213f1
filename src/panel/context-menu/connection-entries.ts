import type { ConnectionRow } from "../../contract/connections.ts";
import { say } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { connectionCondition } from "./conditions.ts";
import { decoderEntries } from "./decoder-entries.ts";
import { filterEntries } from "./filter-entries.ts";
import { networkEntries } from "./network-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import { snippetEntries } from "./snippet-entries.ts";

/** The menu of a connection in the list. */
export function connectionEntries(session: PanelSession, speaker: Speaker, row: ConnectionRow): readonly MenuEntry[] {
  const { id, url, state } = row;
  const canSend = state === "open" && row.transport === "websocket" && session.abilities.getState().includes("send");
  return [
    ...(canSend ? [{ type: "item" as const, text: speaker.words("menu.send-on"), run: () => session.sending.open(id) }] : []),
    { type: "submenu", text: speaker.words("menu.decode-as"), entries: decoderEntries(session, speaker, row) },
    ...networkEntries(session, speaker, row),
    { type: "separator", key: "filter" },
    ...filterEntries(session, speaker, connectionCondition(id)),
    { type: "separator", key: "copy" },
    ...(url === "" && state === "open"
      ? [{ type: "item" as const, text: speaker.words("connections.find-address"), hint: speaker.words("connections.stands-still"), run: () => session.capture.findSilentSockets() }]
      : []),
    ...(row.transport === "websocket" ? [{ type: "submenu" as const, text: speaker.words("menu.copy-as"), entries: snippetEntries(session, speaker, { connection: id }) }] : []),
    { type: "item", text: speaker.words("menu.copy-url"), isDisabled: url === "", run: () => void session.clipboard.copy(say("copy.url"), url) },
  ];
}
