import { Suspense, type RefObject } from "react";
import { LateFindBar } from "../find/late-find-bar.tsx";
import { late } from "../late.ts";
import { FramesGrid } from "./frames-grid.tsx";

const FramesBanners = late(async () => (await import("./frames-late.ts")).FramesBanners);
const FramesEmpty = late(async () => (await import("./frames-late.ts")).FramesEmpty);
const FramesOverlays = late(async () => (await import("./frames-late.ts")).FramesOverlays);

/** The table with what stands over it: why nothing is captured, why nothing is shown, how much is new. */
export function FramesPane({ gridRef }: { readonly gridRef: RefObject<HTMLDivElement | null> }) {
  return (
    <section className="frames">
      <Suspense fallback={null}>
        <FramesBanners />
      </Suspense>
      <div className="frames-table">
        <FramesGrid gridRef={gridRef} />
        <Suspense fallback={null}>
          <FramesEmpty />
        </Suspense>
        <LateFindBar onLeave={() => gridRef.current?.focus()} />
        <Suspense fallback={null}>
          <FramesOverlays />
        </Suspense>
      </div>
    </section>
  );
}
