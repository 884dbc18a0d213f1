import { lazy, Suspense } from "react";
import { useSelected, useSession } from "../state/session-context.ts";

const FindBar = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).FindBar }));

/** Nothing until it is asked for. `onLeave`: Escape, back to the table. */
export function LateFindBar({ onLeave }: { readonly onLeave: () => void }) {
  const { find } = useSession();
  const isOpen = useSelected(find, (state) => state.isOpen);
  return isOpen ? (
    <Suspense fallback={null}>
      <FindBar onLeave={onLeave} />
    </Suspense>
  ) : null;
}
