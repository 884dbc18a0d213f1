import { fieldCondition } from "../../query/edit.ts";
import { say } from "../../model/said.ts";
import type { Query } from "../../query/query.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { MenuTarget } from "../state/menu-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { connectionCondition } from "./conditions.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";

type HeaderTarget = Extract<MenuTarget, { readonly type: "header" }>;

/** The menu of a handshake's header. The language has no field for headers in general: it filters by what stands behind one. */
export function headerEntries(session: PanelSession, speaker: Speaker, { name, value, connection }: HeaderTarget): readonly MenuEntry[] {
  const { clipboard } = session;
  return [
    ...filterEntries(session, speaker, headerCondition(name, value) ?? connectionCondition(connection)),
    { type: "separator", key: "copy" },
    { type: "item", text: speaker.words("menu.copy-header"), run: () => void clipboard.copy(say("copy.header", { name }), `${name}: ${value}`) },
    { type: "item", text: speaker.words("menu.copy-value"), run: () => void clipboard.copy(say("copy.header-value", { name }), value) },
  ];
}

function headerCondition(name: string, value: string): Query | null {
  switch (name.toLowerCase()) {
    case "host":
      return fieldCondition("host", value);
    case "sec-websocket-protocol":
      return value.includes(",") ? null : fieldCondition("protocol", value);
    default:
      return null;
  }
}
