import { lazy, Suspense } from "react";

const FindingsStatus = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).FindingsStatus }));

/** Never at the first paint. */
export function LateFindingsStatus() {
  return (
    <Suspense fallback={null}>
      <FindingsStatus />
    </Suspense>
  );
}
