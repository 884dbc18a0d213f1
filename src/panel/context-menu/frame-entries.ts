import { MOST_PINNED, type CopyForm, type FrameRow } from "../../engine/contract.ts";
import { printQuery } from "../../query/print.ts";
import { commandKey } from "../controls/command-key.ts";
import { copiedWords } from "../state/copy-words.ts";
import type { MenuTarget } from "../state/menu-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces } from "../state/place-ranges.ts";
import { cellCondition, connectionCondition, nearCondition } from "./conditions.ts";
import { editFilter, filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";

type FrameTarget = Extract<MenuTarget, { readonly type: "frame" }>;

/** The menu of a cell. */
export function frameEntries(session: PanelSession, { row, column, text }: FrameTarget, from: HTMLElement | null): readonly MenuEntry[] {
  const { scope, selection, clipboard, engine } = session;
  const near = printQuery(nearCondition(row.index));
  const selected = countPlaces(selection.store.getState().ranges);
  const entries: MenuEntry[] = [...filterEntries(session, cellCondition(row, column, text))];
  // On the connection's own cell the entries above say it.
  if (row.connection > 0 && column !== "connection") {
    const connection = connectionCondition(row.connection);
    const hint = printQuery(connection);
    entries.push(
      { type: "separator", key: "connection" },
      { type: "item", text: "Only its connection", hint, run: () => editFilter(session, connection, false) },
      { type: "item", text: "Not its connection", hint: `-${hint}`, run: () => editFilter(session, connection, true) },
    );
  }
  entries.push(
    { type: "item", text: "Rows around it", hint: near, run: () => scope.setFilter(near) },
    { type: "separator", key: "own" },
    pinEntry(session, row, selected),
    { type: "item", text: row.note === "" ? "Note …" : "Change note …", run: () => session.menu.writeNote(row.index, row.note, from) },
    { type: "separator", key: "copy" },
    { type: "item", key: "copy text", text: copyWords(selected, session.menu.store.getState().copyForm), hint: commandKey("C"), run: () => session.copySelected() },
  );
  if (row.kind === "message" && selected <= 1) {
    entries.push({
      type: "item",
      text: "Copy as JSON string",
      run: () => void clipboard.copy("the message", engine.call("payloadText", { frame: row.index }).then((payload) => JSON.stringify(payload))),
    });
  }
  return entries;
}

/** Pins what is selected, or takes the pins away where the row pointed at has one. */
function pinEntry(session: PanelSession, { index, pinned }: FrameRow, selected: number): MenuEntry {
  const text = `${pinned ? "Unpin" : "Pin"}${ofRows(selected)}`;
  if (selected <= 1) return { type: "item", text, run: () => void session.pin(index, !pinned) };
  const run = (): void => void session.pinSelected(!pinned);
  if (selected <= MOST_PINNED) return { type: "item", text, run };
  return { type: "item", text, hint: `at most ${MOST_PINNED.toLocaleString("en-US")}`, isDisabled: true, run };
}

/** `Copy 3 messages as JSON lines`; until it is known how, `Copy 3 rows`. */
const copyWords = (selected: number, form: CopyForm | null): string =>
  selected <= 1 ? "Copy as text" : `Copy ${form === null ? `${selected.toLocaleString("en-US")} rows` : copiedWords(form)}`;

const ofRows = (selected: number): string => (selected > 1 ? ` (${selected.toLocaleString("en-US")} rows)` : "");
