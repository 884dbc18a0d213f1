import { say } from "../../model/said.ts";
import { connectionCondition } from "./conditions.ts";
import { decoderEntries } from "./decoder-entries.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

export const connectionDecoder: MenuPart<"connection"> = ({ session, speaker, target: { row }, from }) => [
  { type: "submenu", text: speaker.words("menu.decode-as"), entries: decoderEntries({ session, speaker, target: { type: "decoder", row }, from }) },
];

export const connectionFilter: MenuPart<"connection"> = ({ session, speaker, target: { row } }) => filterEntries(session, speaker, connectionCondition(row.id));

export const connectionAddress: MenuPart<"connection"> = ({ session, speaker: { words }, target: { row: { url, state } } }) => {
  const copy: MenuEntry = { type: "item", text: words("menu.copy-url"), isDisabled: url === "", run: () => void session.clipboard.copy(say("copy.url"), url) };
  if (url !== "" || state !== "open") return [copy];
  return [{ type: "item", text: words("connections.find-address"), hint: words("connections.stands-still"), run: () => session.capture.findSilentSockets() }, copy];
};
