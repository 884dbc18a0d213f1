import type { KeyboardEvent } from "react";
import { takeKey } from "../controls/take-key.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { SelectionMode } from "../state/selection-store.ts";
import { isSendable } from "../state/sending-store.ts";
import { useSession } from "../state/session-context.ts";

interface FrameKeysOptions {
  readonly count: number;
  /** Rows that fit on view. */
  readonly screen: number;
  readonly firstRow: () => number;
}

/**
 * The table's keys. Arrows, Page Up and Down, Home and End select a row; with Shift they extend the selection, with Ctrl
 * or Cmd they only move, and Space picks the row there too. End also follows the rows that come. Right and Left unfold and
 * fold a frame of several messages. R sends the message again.
 */
export function useFrameKeys({ count, screen, firstRow }: FrameKeysOptions): (event: KeyboardEvent) => void {
  const session = useSession();
  return (event) => {
    // The heads of the columns have keys of their own.
    if (event.target !== event.currentTarget || event.altKey) return;
    const place = session.selection.store.getState().place ?? (event.key === "ArrowUp" ? Math.min(count, firstRow() + screen) : firstRow() - 1);
    const page = Math.max(1, screen - 2);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: session.frames.rows - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      session.selection.goTo(target, modeOf(event));
      // Who goes to the end wants to see what comes there, as after scrolling to it.
      if (event.key === "End" && modeOf(event) === "one") session.followEnd();
    } else if (!act(session, event, place)) return;
    takeKey(event);
  };
}

/** Keys that do not move. Answers whether it was one. */
function act(session: PanelSession, event: KeyboardEvent, place: number): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  if (event.key === " ") session.selection.goTo(place, isCommand ? "toggle" : event.shiftKey ? "extend" : "one");
  else if (isCommand && event.key === "a") session.selection.selectAll();
  // Where text is selected, Chrome copies that.
  else if (isCommand && event.key === "c" && getSelection()?.isCollapsed !== false) session.copySelected();
  else if (isCommand) return false;
  else if (event.key === "r" && !event.shiftKey) return resend(session, place);
  else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && !event.shiftKey) return turn(session, event.key === "ArrowRight", place);
  else if (event.key === "Enter" && hasSelection(session)) session.inspector.open();
  else if (event.key === "Escape") session.inspector.close();
  else return false;
  return true;
}

/** Right unfolds a frame and goes into it, left goes out of it and folds it, as in any tree. */
function turn(session: PanelSession, isInto: boolean, place: number): boolean {
  const row = session.frames.at(place);
  if (row === undefined || (row.messages === 0 && row.message === null)) return false;
  if (row.message !== null) {
    if (!isInto) session.selection.goTo(place - row.message.place - 1);
  } else if (isInto && row.isUnfolded) session.selection.goTo(place + 1);
  else if (isInto !== row.isUnfolded) session.unfold(row.index, isInto);
  return true;
}

/** Opens the drawer with the message, where it can be sent from here. */
function resend(session: PanelSession, place: number): boolean {
  const row = session.frames.at(place);
  if (row === undefined || !isSendable(row) || !session.abilities.getState().includes("send")) return false;
  session.sending.open(row.connection, row);
  return true;
}

/** Also where the frame's row is still on its way. */
function hasSelection({ selection }: PanelSession): boolean {
  const { frame, place } = selection.store.getState();
  return frame !== null || place !== null;
}

function modeOf(event: KeyboardEvent): SelectionMode {
  if (event.shiftKey) return "extend";
  return event.ctrlKey || event.metaKey ? "move" : "one";
}
