import { CircleHelp } from "lucide-react";
import { lazy, Suspense } from "react";

const FilterHelp = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).FilterHelp }));

interface LateFilterHelpProps {
  readonly onChosen: () => void;
}

/** The button with examples, without its popover until that is loaded. */
export function LateFilterHelp({ onChosen }: LateFilterHelpProps) {
  return (
    <Suspense
      fallback={
        <button type="button" className="filter-button" aria-label="Filter examples">
          <CircleHelp />
        </button>
      }
    >
      <FilterHelp onChosen={onChosen} />
    </Suspense>
  );
}
