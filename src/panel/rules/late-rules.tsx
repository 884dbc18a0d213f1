import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { Boundary } from "../controls/boundary.tsx";
import { useSession } from "../state/session-context.ts";

const RulesPane = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).RulesPane }));

/** Nothing until it is asked for. */
export function LateRulesPane() {
  const isOpen = useStore(useSession().areRulesOpen);
  return isOpen ? (
    <Boundary broken="panel.broken">
      <Suspense fallback={null}>
        <RulesPane />
      </Suspense>
    </Boundary>
  ) : null;
}
