import type { CopyForm } from "../../contract/files.ts";
import type { LookedAt } from "../../contract/inspect.ts";
import { MOST_PINNED, type FrameRow } from "../../contract/rows.ts";
import { say } from "../../model/said.ts";
import { printQuery } from "../../query/print.ts";
import type { Speaker } from "../../words/speaker.ts";
import { commandKey } from "../controls/command-key.ts";
import type { MenuTarget } from "../state/menu-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces } from "../state/place-ranges.ts";
import { MOST_AGAIN } from "../state/sending-store.ts";
import { cellCondition, connectionCondition, nearCondition } from "./conditions.ts";
import { editFilter, filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import { snippetEntries } from "./snippet-entries.ts";

type FrameTarget = Extract<MenuTarget, { readonly type: "frame" }>;

/** The menu of a cell. */
export function frameEntries(session: PanelSession, speaker: Speaker, { row, column, text }: FrameTarget, from: HTMLElement | null): readonly MenuEntry[] {
  const { words } = speaker;
  const { scope, selection, clipboard, engine } = session;
  const near = printQuery(nearCondition(row.index));
  const selected = countPlaces(selection.store.getState().ranges);
  const entries: MenuEntry[] = [...filterEntries(session, speaker, cellCondition(row, column, text))];
  // On the connection's own cell the entries above say it.
  if (row.connection > 0 && column !== "connection") {
    const connection = connectionCondition(row.connection);
    entries.push(
      { type: "separator", key: "connection" },
      { type: "item", text: words("menu.show-only-connection"), run: () => editFilter(session, connection, false) },
      { type: "item", text: words("menu.hide-connection"), run: () => editFilter(session, connection, true) },
    );
  }
  entries.push(
    { type: "item", text: words("menu.rows-around"), hint: near, run: () => scope.setFilter(near) },
    ...compareEntries(session, speaker, row),
    { type: "separator", key: "own" },
    pinEntry(session, speaker, row, selected),
    { type: "item", text: words(row.note === "" ? "menu.add-note" : "menu.edit-note"), run: () => session.menu.writeNote(row.index, row.note, from) },
    ...resendEntries(session, speaker, row, selected),
    { type: "separator", key: "copy" },
    { type: "item", key: "copy text", text: copyWords(selected, session.menu.store.getState().copyForm, words), hint: commandKey("C"), run: () => session.copySelected() },
  );
  if (row.kind === "message" && selected <= 1) {
    entries.push({
      type: "item",
      text: words("menu.copy-json-string"),
      run: () => void clipboard.copy(say("copy.message"), engine.call("payloadText", { frame: row.index, message: row.message?.place }).then((payload) => JSON.stringify(payload))),
    });
  }
  if (row.connection > 0) entries.push({ type: "submenu", text: words("menu.copy-as"), entries: snippetEntries(session, speaker, { places: selection.store.getState().ranges }) });
  return entries;
}

/** What a message can be compared with: of two that are selected the other, what was looked at before, the one before of its type. */
function compareEntries(session: PanelSession, { words }: Speaker, row: FrameRow): readonly MenuEntry[] {
  if (row.kind !== "message") return [];
  const { inspector, selection, engine } = session;
  const { before } = inspector.store.getState();
  const own = { frame: row.index, message: row.message?.place };
  const compare = (other: LookedAt | null): void => {
    selection.look(own.frame, own.message ?? null);
    inspector.compare(other);
  };
  const places = selection.store.getState().ranges.flatMap(({ from, to }) => (to - from > 2 ? [] : Array.from({ length: to - from }, (_, i) => from + i)));
  const entries: MenuEntry[] = [];
  if (countPlaces(selection.store.getState().ranges) === 2) {
    entries.push({
      type: "item",
      text: words("compare.selected"),
      run: () =>
        void Promise.all(places.map((place) => engine.call("rows", { from: place, to: place + 1 }))).then(
          (answers) => {
            const other = answers.flatMap(({ rows }) => rows).find(({ index, message }) => index !== own.frame || message?.place !== own.message);
            if (other !== undefined) compare({ frame: other.index, message: other.message?.place });
          },
          () => undefined,
        ),
    });
  }
  if (before !== null && before.frame !== own.frame) entries.push({ type: "item", text: words("compare.looked-at", { n: before.frame + 1 }), run: () => compare(before) });
  entries.push({ type: "item", text: words("compare.before"), run: () => compare(null) });
  return [{ type: "submenu", text: words("compare.menu"), entries }];
}

/** What can be sent again: one message, or all that are selected, one after the other. */
function resendEntries(session: PanelSession, { words }: Speaker, row: FrameRow, selected: number): readonly MenuEntry[] {
  if (row.kind !== "message" || !session.abilities.getState().includes("send")) return [];
  return [{ type: "item", text: words("menu.resend"), hint: "R", isDisabled: selected > MOST_AGAIN, run: () => session.sending.open(row.connection, row) }];
}

/** Pins what is selected, or takes the pins away where the row pointed at has one. */
function pinEntry(session: PanelSession, { words }: Speaker, { index, pinned }: FrameRow, selected: number): MenuEntry {
  if (selected <= 1) return { type: "item", text: words(pinned ? "menu.unpin" : "menu.pin"), run: () => void session.pin(index, !pinned) };
  const text = words(pinned ? "menu.unpin-rows" : "menu.pin-rows", { n: selected });
  const run = (): void => void session.pinSelected(!pinned);
  if (selected <= MOST_PINNED) return { type: "item", text, run };
  return { type: "item", text, hint: words("menu.pin-most", { n: MOST_PINNED }), isDisabled: true, run };
}

/** `Copy 3 messages as JSON lines`; until it is known how, `Copy 3 rows`. */
function copyWords(selected: number, form: CopyForm | null, words: Speaker["words"]): string {
  if (selected <= 1) return words("menu.copy-message");
  if (form === null) return words("menu.copy-rows", { n: selected });
  return words(form.isJsonLines ? "menu.copy-json-lines" : "menu.copy-messages", { n: form.messages });
}
