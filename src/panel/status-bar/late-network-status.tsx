import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { useSession } from "../state/session-context.ts";

const NetworkStatus = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).NetworkStatus }));

/** Nothing while the network is as it is. */
export function LateNetworkStatus() {
  const rules = useStore(useSession().rules);
  return rules.length === 0 ? null : (
    <Suspense fallback={null}>
      <NetworkStatus rules={rules} />
    </Suspense>
  );
}
