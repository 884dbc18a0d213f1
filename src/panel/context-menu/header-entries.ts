import { fieldCondition } from "../../query/edit.ts";
import { say } from "../../model/said.ts";
import type { Query } from "../../query/query.ts";
import { connectionCondition } from "./conditions.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuPart } from "./menu-part.ts";

/** A handshake's header. The language has no field for headers in general: it filters by what stands behind one. */
export const headerFilter: MenuPart<"header"> = ({ session, speaker, target: { name, value, connection } }) =>
  filterEntries(session, speaker, headerCondition(name, value) ?? connectionCondition(connection));

export const headerCopy: MenuPart<"header"> = ({ session: { clipboard }, speaker: { words }, target: { name, value } }) => [
  { type: "item", text: words("menu.copy-header"), run: () => void clipboard.copy(say("copy.header", { name }), `${name}: ${value}`) },
  { type: "item", text: words("menu.copy-value"), run: () => void clipboard.copy(say("copy.header-value", { name }), value) },
];

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
