import type { ConnectionRow } from "../../contract/connections.ts";
import { say } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { connectionCondition } from "./conditions.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** The menu of a connection in the list. */
export function connectionEntries(session: PanelSession, speaker: Speaker, { id, url, state }: ConnectionRow): readonly MenuEntry[] {
  return [
    ...filterEntries(session, speaker, connectionCondition(id)),
    { type: "separator", key: "copy" },
    ...(url === "" && state === "open"
      ? [{ type: "item" as const, text: speaker.words("connections.find-address"), hint: speaker.words("connections.stands-still"), run: () => session.capture.findSilentSockets() }]
      : []),
    { type: "item", text: speaker.words("menu.copy-url"), isDisabled: url === "", run: () => void session.clipboard.copy(say("copy.url"), url) },
  ];
}
