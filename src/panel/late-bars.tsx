import { lazy, Suspense } from "react";

const menus = () => import("./top-bar/menus.ts");
const OfferBar = lazy(async () => ({ default: (await menus()).OfferBar }));
const ExportQuestions = lazy(async () => ({ default: (await menus()).ExportQuestions }));
const Tour = lazy(async () => ({ default: (await menus()).Tour }));
const WorkerBar = lazy(async () => ({ default: (await menus()).WorkerBar }));

/** What may be asked over the whole width, once that is known, the tour, and what an export asks: never at the first paint. */
export function LateBars() {
  return (
    <Suspense fallback={null}>
      <OfferBar />
      <WorkerBar />
      <Tour />
      <ExportQuestions />
    </Suspense>
  );
}
