import { useRef, type MouseEvent, type PointerEvent } from "react";
import type { FrameRow } from "../../contract/rows.ts";
import type { ColumnId } from "../state/column-layout.ts";
import { hasPlace } from "../state/place-ranges.ts";
import { useSession } from "../state/session-context.ts";
import { rowId } from "./frame-row.tsx";

interface Pointed {
  readonly row: FrameRow;
  readonly place: number;
}

/** What the pointer does in the table: select, extend, pick, and open menus. */
export function useFramePointer() {
  const session = useSession();
  /** Where the pointer went down: the click that follows means the same. */
  const pressedAt = useRef(-1);

  function rowOf(target: EventTarget): Pointed | null {
    const element = (target as Element).closest<HTMLElement>("[data-place]");
    if (element === null) return null;
    const place = Number(element.dataset["place"]);
    const row = session.frames.at(place);
    return row === undefined ? null : { row, place };
  }

  function select(event: MouseEvent, { row, place }: Pointed): void {
    // Who looks at one row does not want it to run away.
    session.frames.setFollowing(false);
    const isPick = event.ctrlKey || event.metaKey;
    session.selection.select(row, place, event.shiftKey ? "extend" : isPick ? "toggle" : "one");
    if ((event.target as Element).closest("[data-twisty]") !== null) return session.unfold(row.index, !row.isUnfolded);
    if (!event.shiftKey && !isPick) session.inspector.open();
  }

  function pressed(event: PointerEvent<HTMLElement>): void {
    const pointed = rowOf(event.target);
    pressedAt.current = pointed?.place ?? -1;
    if (pointed === null) return;
    if (event.button === 0) {
      // Extending must not select the text between.
      if (event.shiftKey) getSelection()?.removeAllRanges();
      select(event, pointed);
    } else if (event.button === 2 && !hasPlace(session.selection.store.getState().ranges, pointed.place)) {
      session.frames.setFollowing(false);
      session.selection.select(pointed.row, pointed.place);
    }
  }

  /** A click without a pointer comes from a screen reader. */
  function clicked(event: MouseEvent): void {
    const pointed = rowOf(event.target);
    if (pointed === null || pointed.place === pressedAt.current) return;
    select(event, pointed);
  }

  function menuAsked(event: MouseEvent<HTMLElement>): void {
    const grid = event.currentTarget;
    const column = (event.target as Element).closest<HTMLElement>("[data-column]")?.dataset["column"] as ColumnId | undefined;
    const head = (event.target as Element).closest<HTMLElement>("[role=columnheader]");
    const pointed = rowOf(event.target) ?? (head === null ? selectedRow() : null);
    if (head === null && pointed === null) return;
    event.preventDefault();
    if (head !== null) return session.menu.open(placeOf(event, head), { type: "head", column: column ?? null }, head);
    if (pointed === null) return;
    const target = { type: "frame", row: pointed.row, column: column ?? "type", text: textAt(event.target as Element) } as const;
    session.openFrameMenu(placeOf(event, document.getElementById(rowId(pointed.place)) ?? grid), target, grid);
  }

  /** The menu key asks at the grid: it means the row selected. */
  function selectedRow(): Pointed | null {
    const { place } = session.selection.store.getState();
    const row = place === null ? undefined : session.frames.at(place);
    return place === null || row === undefined ? null : { row, place };
  }

  return {
    onPointerDown: pressed,
    onClick: clicked,
    onContextMenu: menuAsked,
    // A double click selects a word for copying; a click with Shift would select all text between.
    onMouseDown: (event: MouseEvent<HTMLElement>) => {
      if (!event.shiftKey || rowOf(event.target) === null) return;
      event.preventDefault();
      event.currentTarget.focus();
    },
  };
}

/** At the pointer, or below `element` where the menu key was pressed. */
function placeOf(event: MouseEvent, element: Element): { readonly x: number; readonly y: number } {
  if (event.button === 2 || event.ctrlKey) return { x: event.clientX, y: event.clientY };
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left + 24, y: bottom };
}

/** What the user selected in the message, else the JSON token pointed at. */
function textAt(target: Element): string {
  const cell = target.closest(".cell-message");
  if (cell === null) return "";
  const selection = getSelection();
  if (selection !== null && !selection.isCollapsed && selection.anchorNode !== null && cell.contains(selection.anchorNode)) {
    return selection.toString();
  }
  return target.closest("[class^=json-], mark")?.textContent ?? "";
}
