import { lazy, Suspense } from "react";
import { useSelected, useSession } from "../state/session-context.ts";

const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));

/** Nothing until it is asked for; then it stays, so that what it closes with can have the focus. */
export function LatePalette({ focusFilter }: { readonly focusFilter: () => void }) {
  const { palette } = useSession();
  const wasOpen = useSelected(palette, ({ wasOpen: was }) => was);
  return wasOpen ? (
    <Suspense fallback={null}>
      <Palette focusFilter={focusFilter} />
    </Suspense>
  ) : null;
}
