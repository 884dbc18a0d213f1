import { findAskedBy } from "./controls/find-key.ts";
import { takeKey } from "./controls/take-key.ts";
import type { PanelSession } from "./state/panel-session.ts";

/** Keys that work wherever the keyboard is, but for letters where one types. Answers how to end that. */
export function listenToScreenKeys(session: PanelSession, focusFilter: () => void): () => void {
  const pressed = (event: KeyboardEvent): void => {
    const { altKey, shiftKey, code, key } = event;
    if (altKey || (findAskedBy(event) !== undefined && isLookedThrough(event))) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && shiftKey && code === "KeyK") session.palette.show("actions");
    else if (isCommand && !shiftKey && code === "KeyF") session.find.open();
    else if ((isCommand && code === "KeyG") || (!isCommand && code === "F3")) find(session, shiftKey);
    else if (!isCommand && code === "F6") void import("./palette/panes.ts").then(({ nextPane }) => nextPane(shiftKey));
    else if (isCommand || isTyping(event)) return;
    else if (key === "/") focusFilter();
    else if (key === "?") session.palette.show("shortcuts");
    else return;
    takeKey(event);
  };
  // Before the event gets to the document, where DevTools listens.
  addEventListener("keydown", pressed, { capture: true });
  return () => removeEventListener("keydown", pressed, { capture: true });
}

/** A letter is text there. */
const isTyping = ({ target }: KeyboardEvent): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** It takes these keys itself. */
const isLookedThrough = ({ target }: KeyboardEvent): boolean => target instanceof Element && target.closest("[data-finds]") !== null;

/** Opens the bar; once there is something to find, goes on to the next. */
function find({ find: store }: PanelSession, backwards: boolean): void {
  const { isOpen, text } = store.store.getState();
  if (isOpen && text.trim() !== "") void store.go(backwards);
  else store.open();
}
