import { lazy, Suspense } from "react";
import { Boundary } from "../controls/boundary.tsx";
import { useSelected, useSession } from "../state/session-context.ts";

const SendDrawer = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).SendDrawer }));

/** Nothing until it is asked for. */
export function LateSendDrawer() {
  const { sending } = useSession();
  const wish = useSelected(sending, (state) => state.wish);
  return wish === null ? null : (
    <Boundary broken="panel.part-broken">
      <Suspense fallback={null}>
        <SendDrawer wish={wish} />
      </Suspense>
    </Boundary>
  );
}
