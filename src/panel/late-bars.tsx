import { Suspense } from "react";
import { late } from "./late.ts";

const menus = () => import("./top-bar/menus.ts");
const OfferBar = late(async () => (await menus()).OfferBar);
const ExportQuestions = late(async () => (await menus()).ExportQuestions);
const Tour = late(async () => (await menus()).Tour);
const WorkerBar = late(async () => (await menus()).WorkerBar);

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
