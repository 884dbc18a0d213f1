import { lazy, Suspense } from "react";
import { useSelected, useSession } from "../state/session-context.ts";
import "./captures.css";

const CapturesDialog = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).CapturesDialog }));

/** Nothing until the list is asked for. */
export function LateCapturesDialog() {
  const session = useSession();
  const isOpen = useSelected(session.captures, (state) => state.isOpen);
  return isOpen ? (
    <Suspense fallback={null}>
      <CapturesDialog />
    </Suspense>
  ) : null;
}
