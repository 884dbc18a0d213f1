import type { PanelSession } from "../state/panel-session.ts";

/**
 * The inspector gives its room back as soon as nothing is left to read in it: no frame, no connection, and findings are not
 * what it shows. A frame that a filter hides can still be read. Answers how to end that.
 */
export function closeWhenEmpty({ selection, scope, inspector }: Pick<PanelSession, "selection" | "scope" | "inspector">): () => void {
  const look = (): void => {
    const { tab } = inspector.store.getState();
    if (selection.store.getState().frame === null && scope.store.getState().connection === null && tab !== "Findings") inspector.close();
  };
  // One is let go before the next is taken.
  const later = (): void => queueMicrotask(look);
  const ends = [selection.store.subscribe(({ frame }, before) => frame !== before.frame && later()), scope.store.subscribe(({ connection }, before) => connection !== before.connection && later())];
  return () => {
    for (const end of ends) end();
  };
}
