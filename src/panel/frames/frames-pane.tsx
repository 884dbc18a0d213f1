import { Suspense, type RefObject } from "react";
import { LateFindBar } from "../find/late-find-bar.tsx";
import { late } from "../late.ts";
import { FramesEmpty } from "./frames-empty.tsx";
import { FramesGrid } from "./frames-grid.tsx";

const FramesBanners = late(async () => (await import("./frames-late.ts")).FramesBanners);
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
        <FramesEmpty />
        <LateFindBar onLeave={() => gridRef.current?.focus()} />
        <Suspense fallback={null}>
          <FramesOverlays />
        </Suspense>
      </div>
    </section>
  );
}
