import type { LookedAt } from "../../contract/inspect.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { countPlaces } from "../state/place-ranges.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** What a message can be compared with: of two that are selected the other, what was looked at before, the one before of its type. */
export const frameCompare: MenuPart<"frame"> = ({ session, speaker: { words }, target: { row } }) => {
  if (row.kind !== "message") return [];
  const { inspector, selection, engine } = session;
  const { before } = inspector.store.getState();
  const own = { frame: row.index, message: row.message?.place };
  const compare = (other: LookedAt | null): void => {
    const place = session.frames.placeOf(own.frame, own.message ?? null);
    // Where it stands, what is selected stays.
    if (place === null) selection.goToFrame(own.frame, own.message ?? null);
    else selection.select(row, place, "move");
    inspector.compare(other);
  };
  const isNoMessage = (place: number): boolean => (session.frames.at(place)?.kind ?? "message") !== "message";
  const places = selection.store.getState().ranges.flatMap(({ from, to }) => (to - from > 2 ? [] : Array.from({ length: to - from }, (_, i) => from + i)));
  const entries: MenuEntry[] = [];
  if (countPlaces(selection.store.getState().ranges) === 2) {
    entries.push({
      type: "item",
      text: words("compare.selected"),
      reason: places.some(isNoMessage) ? words("compare.messages-only") : null,
      run: () =>
        void Promise.all(places.map((place) => engine.call("rows", { from: place, to: place + 1 })))
          .then((answers) => {
            const other = answers.flatMap(({ rows }) => rows).find(({ index, message }) => index !== own.frame || message?.place !== own.message);
            if (other?.kind !== "message") throw new Refusal(say("compare.messages-only"));
            compare({ frame: other.index, message: other.message?.place });
          })
          .catch((problem: unknown) => session.refusals.tell((why) => say("compare.not-compared", { why }), problem)),
    });
  }
  if (before !== null && before.frame !== own.frame) entries.push({ type: "item", text: words("compare.looked-at", { n: before.frame + 1 }), run: () => compare(before) });
  entries.push({ type: "item", text: words("compare.before"), run: () => compare(null) });
  return [{ type: "submenu", text: words("compare.menu"), entries }];
};

/** With which, is chosen in the tab. */
export const connectionCompare: MenuPart<"connection"> = ({ session, speaker: { words }, target: { row } }) => {
  const compare = (): void => {
    session.chooseConnection(row.id, false, true);
    // Of a message, the tab compares messages.
    session.selection.clear();
    session.inspector.compare(null);
  };
  return [{ type: "item", text: words("compare.menu"), reason: session.connections.store.getState().all < 2 ? words("compare.no-other") : null, run: compare }];
};
