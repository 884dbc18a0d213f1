import type { ExportScope } from "../../contract/files.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces } from "../state/place-ranges.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** The rows selected, in each form that there is. */
export const frameExport: MenuPart<"frame"> = ({ session, speaker }) => {
  const { ranges } = session.selection.store.getState();
  const n = countPlaces(ranges);
  return n === 0 ? [] : [{ type: "submenu", text: speaker.words("menu.export-rows", { n }), entries: formEntries(session, speaker, { places: ranges }) }];
};

/** The frames of a connection. */
export const connectionExport: MenuPart<"connection"> = ({ session, speaker, target: { row } }) => [
  { type: "submenu", text: speaker.words("menu.export-of-connection"), entries: formEntries(session, speaker, { connection: row.id }) },
];

const formEntries = ({ exports }: PanelSession, { words, tell }: Speaker, scope: ExportScope): MenuEntry[] =>
  exports.forms.store.getState().map(({ format, name, sensitive }) => ({
    type: "item",
    text: sensitive === true ? words("bar.export-sensitive", { format: name }) : tell(name),
    run: () => void exports.run({ format, sensitive: sensitive === true, scope }),
  }));
