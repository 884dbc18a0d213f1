import { takeKey } from "./controls/take-key.ts";
import type { PanelSession } from "./state/panel-session.ts";

/** Keys that work wherever the keyboard is: Ctrl/Cmd-F, Ctrl/Cmd-G and F3. Answers how to end that. */
export function listenToScreenKeys(session: PanelSession, focusFilter: () => void): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && !event.shiftKey && event.code === "KeyF") focusFilter();
    else if ((isCommand && event.code === "KeyG") || (!isCommand && event.code === "F3")) find(session, event.shiftKey);
    else return;
    takeKey(event);
  };
  // Before the event gets to the document, where DevTools listens.
  addEventListener("keydown", pressed, { capture: true });
  return () => removeEventListener("keydown", pressed, { capture: true });
}

/** Opens the bar; once there is something to find, goes on to the next. */
function find({ find: store }: PanelSession, backwards: boolean): void {
  const { isOpen, text } = store.store.getState();
  if (isOpen && text.trim() !== "") void store.go(backwards);
  else store.open();
}
