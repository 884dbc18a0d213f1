import { Bookmark, CircleHelp, LayoutList } from "lucide-react";
import { Suspense, type ComponentProps } from "react";
import { late, onPress, usePressed } from "../late.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { FilterButton, FilterButtons } from "./filter-buttons.tsx";

const LoadedButtons = late(async () => (await import("../top-bar/menus.ts")).FilterButtons);

/** The buttons in the box that open something, as plain buttons until that is loaded. */
export function LateFilterButtons(props: Omit<ComponentProps<typeof FilterButtons>, "pressed">) {
  const { words } = useSpeaker();
  const [pressed, press] = usePressed<FilterButton>();
  return (
    <Suspense
      fallback={
        <>
          {props.canKeep && (
            <button type="button" className="filter-button" aria-label={words("filter.keep")} {...onPress(() => press("keep"))}>
              <Bookmark />
            </button>
          )}
          <button type="button" className="filter-button" aria-label={words("filter.views")} {...onPress(() => press("views"))}>
            <LayoutList />
          </button>
          <button type="button" className="filter-button" aria-label={words("filter.examples")} {...onPress(() => press("help"))}>
            <CircleHelp />
          </button>
        </>
      }
    >
      <LoadedButtons {...props} pressed={pressed} />
    </Suspense>
  );
}
