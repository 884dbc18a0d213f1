import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { Boundary } from "../controls/boundary.tsx";
import { useSession } from "../state/session-context.ts";

const menus = () => import("../top-bar/menus.ts");
const RulesPane = lazy(async () => ({ default: (await menus()).RulesPane }));
const RulesStatus = lazy(async () => ({ default: (await menus()).RulesStatus }));

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

/** Nothing while no rule is on. */
export function LateRulesStatus() {
  const rules = useStore(useSession().messageRules);
  return rules.on.length === 0 ? null : (
    <Suspense fallback={null}>
      <RulesStatus rules={rules} />
    </Suspense>
  );
}
