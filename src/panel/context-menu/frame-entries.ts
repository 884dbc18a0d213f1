import type { CopyForm } from "../../contract/files.ts";
import { MOST_PINNED, type FrameRow } from "../../contract/rows.ts";
import { say } from "../../model/said.ts";
import { printQuery } from "../../query/print.ts";
import type { Speaker } from "../../words/speaker.ts";
import { commandKey } from "../controls/command-key.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces } from "../state/place-ranges.ts";
import { cellCondition, connectionCondition, nearCondition } from "./conditions.ts";
import { editFilter, filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** What the cell says, as a condition. */
export const frameFilter: MenuPart<"frame"> = ({ session, speaker, target: { row, column, text } }) => filterEntries(session, speaker, cellCondition(row, column, text));

/** Its connection, and the rows around it. */
export const frameScope: MenuPart<"frame"> = ({ session, speaker: { words }, target: { row, column } }) => {
  const near = printQuery(nearCondition(row.index));
  const around: MenuEntry = { type: "item", text: words("menu.rows-around"), hint: near, run: () => session.scope.setFilter(near) };
  // On the connection's own cell the part above says it.
  if (row.connection === 0 || column === "connection") return [around];
  const connection = connectionCondition(row.connection);
  return [
    { type: "item", text: words("menu.show-only-connection"), run: () => editFilter(session, connection, false) },
    { type: "item", text: words("menu.hide-connection"), run: () => editFilter(session, connection, true) },
    around,
  ];
};

/** What the user makes of it: pins and notes. */
export const frameMarks: MenuPart<"frame"> = ({ session, speaker, target: { row }, from }) => [
  pinEntry(session, speaker, row, selectedRows(session)),
  { type: "item", text: speaker.words(row.note === "" ? "menu.add-note" : "menu.edit-note"), run: () => session.menu.ask({ type: "note", frame: row.index, text: row.note, from }) },
];

export const frameCopy: MenuPart<"frame"> = ({ session, speaker: { words }, target: { row } }) => {
  const { clipboard, engine, menu } = session;
  const selected = selectedRows(session);
  const entries: MenuEntry[] = [
    { type: "item", key: "copy text", text: copyWords(selected, menu.store.getState().copyForm, words), hint: commandKey("C"), run: () => session.copySelected() },
  ];
  if (row.kind === "message" && selected <= 1) {
    entries.push({
      type: "item",
      text: words("menu.copy-json-string"),
      run: () => void clipboard.copy(say("copy.message"), engine.call("payloadText", { frame: row.index, message: row.message?.place }).then((payload) => JSON.stringify(payload))),
    });
  }
  return entries;
};

const selectedRows = ({ selection }: PanelSession): number => countPlaces(selection.store.getState().ranges);

/** Pins what is selected, or takes the pins away where the row pointed at has one. */
function pinEntry(session: PanelSession, { words }: Speaker, { index, pinned }: FrameRow, selected: number): MenuEntry {
  if (selected <= 1) return { type: "item", text: words(pinned ? "menu.unpin" : "menu.pin"), run: () => void session.pin(index, !pinned) };
  const text = words(pinned ? "menu.unpin-rows" : "menu.pin-rows", { n: selected });
  const run = (): void => void session.pinSelected(!pinned);
  if (selected <= MOST_PINNED) return { type: "item", text, run };
  return { type: "item", text, reason: words("menu.most", { n: MOST_PINNED }), run };
}

/** `Copy 3 messages as JSON lines`; until it is known how, `Copy 3 rows`. */
function copyWords(selected: number, form: CopyForm | null, words: Speaker["words"]): string {
  if (selected <= 1) return words("menu.copy-message");
  if (form === null) return words("menu.copy-rows", { n: selected });
  return words(form.isJsonLines ? "menu.copy-json-lines" : "menu.copy-messages", { n: form.messages });
}
