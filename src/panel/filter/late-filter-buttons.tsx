import { Bookmark, CircleHelp, LayoutList } from "lucide-react";
import { Suspense, type ComponentProps } from "react";
import { late } from "../late.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { FilterButtons } from "./filter-buttons.tsx";

const LoadedButtons = late(async () => (await import("../top-bar/menus.ts")).FilterButtons);

/** The buttons in the box that open something, as plain buttons until that is loaded. */
export function LateFilterButtons(props: ComponentProps<typeof FilterButtons>) {
  const { words } = useSpeaker();
  return (
    <Suspense
      fallback={
        <>
          {props.canKeep && (
            <button type="button" className="filter-button" aria-label={words("filter.keep")}>
              <Bookmark />
            </button>
          )}
          <button type="button" className="filter-button" aria-label={words("filter.views")}>
            <LayoutList />
          </button>
          <button type="button" className="filter-button" aria-label={words("filter.examples")}>
            <CircleHelp />
          </button>
        </>
      }
    >
      <LoadedButtons {...props} />
    </Suspense>
  );
}
