import { Suspense } from "react";
import { Boundary } from "../controls/boundary.tsx";
import { late } from "../late.ts";

const Timeline = late(async () => (await import("./timeline.tsx")).Timeline);

/** The timeline, whose place is kept until its chunk is here. */
export function LateTimeline() {
  return (
    <div className="timeline">
      <Boundary broken="panel.part-broken">
        <Suspense>
          <Timeline />
        </Suspense>
      </Boundary>
    </div>
  );
}
