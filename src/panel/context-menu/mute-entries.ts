import { fieldCondition } from "../../query/edit.ts";
import type { Query } from "../../query/query.ts";
import type { Speaker } from "../../words/speaker.ts";
import { muteOf } from "../state/mute.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { cellCondition } from "./conditions.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** A type that is not to be read for now, or all that its protocol says. */
export const frameMute: MenuPart<"frame"> = ({ session, speaker, target: { row } }) => {
  if (row.kind !== "message") return [];
  return [cellCondition(row, "type", ""), ...protocolCondition(row.protocol)].flatMap((condition) => muteEntry(session, speaker, condition));
};

/** All that connections say that speak as this one does. */
export const connectionMute: MenuPart<"connection"> = ({ session, speaker, target: { row } }) => protocolCondition(row.protocol).flatMap((condition) => muteEntry(session, speaker, condition));

const protocolCondition = (protocol: string | null | undefined): readonly Query[] => (protocol === null || protocol === undefined ? [] : [fieldCondition("protocol", protocol)]);

function muteEntry({ filters }: PanelSession, { words }: Speaker, condition: Query): readonly MenuEntry[] {
  const { filter, isOn, toggle } = muteOf(filters, condition);
  return isOn ? [] : [{ type: "item", text: words("menu.mute", { filter }), run: toggle }];
}
