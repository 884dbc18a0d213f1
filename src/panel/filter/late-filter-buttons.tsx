import { Bookmark, CircleHelp } from "lucide-react";
import { lazy, Suspense } from "react";

const menus = () => import("../top-bar/menus.ts");
const FilterHelp = lazy(async () => ({ default: (await menus()).FilterHelp }));
const FilterKeep = lazy(async () => ({ default: (await menus()).FilterKeep }));

interface LateFilterButtonsProps {
  /** Whether there is a filter to keep. */
  readonly canKeep: boolean;
  /** The user goes on in the box. */
  readonly onDone: () => void;
}

/** The buttons in the box that open something, as plain buttons until that is loaded. */
export function LateFilterButtons({ canKeep, onDone }: LateFilterButtonsProps) {
  return (
    <Suspense
      fallback={
        <>
          {canKeep && (
            <button type="button" className="filter-button" aria-label="Keep this filter">
              <Bookmark />
            </button>
          )}
          <button type="button" className="filter-button" aria-label="Filter examples">
            <CircleHelp />
          </button>
        </>
      }
    >
      {canKeep && <FilterKeep onKept={onDone} />}
      <FilterHelp onChosen={onDone} />
    </Suspense>
  );
}
