import { Bookmark, CircleHelp } from "lucide-react";
import { lazy, Suspense, type ComponentProps } from "react";
import type { FilterButtons } from "./filter-buttons.tsx";

const LoadedButtons = lazy(async () => ({ default: (await import("../top-bar/menus.ts")).FilterButtons }));

/** The buttons in the box that open something, as plain buttons until that is loaded. */
export function LateFilterButtons(props: ComponentProps<typeof FilterButtons>) {
  return (
    <Suspense
      fallback={
        <>
          {props.canKeep && (
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
      <LoadedButtons {...props} />
    </Suspense>
  );
}
