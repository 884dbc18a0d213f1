import { lazy, Suspense } from "react";
import { useSelected, useSession } from "../state/session-context.ts";
import "./context-menu.css";

const ContextMenu = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).ContextMenu }));

/** Nothing until the first menu is asked for. */
export function LateContextMenu() {
  const session = useSession();
  const isOpen = useSelected(session.menu, ({ menu, asked }) => menu !== null || asked !== null);
  return isOpen ? (
    <Suspense fallback={null}>
      <ContextMenu />
    </Suspense>
  ) : null;
}
