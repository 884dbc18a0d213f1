import { Bookmark, CircleHelp, LayoutList } from "lucide-react";
import { Suspense, type ComponentProps } from "react";
import { late, onPress, usePressed } from "../late.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FilterButton } from "./filter-button.tsx";
import type { FilterButtonName, FilterButtons } from "./filter-buttons.tsx";

const LoadedButtons = late(async () => (await import("../top-bar/menus.ts")).FilterButtons);

/** The buttons in the box that open something, as plain buttons until that is loaded. */
export function LateFilterButtons(props: Omit<ComponentProps<typeof FilterButtons>, "pressed">) {
  const { words } = useSpeaker();
  const [pressed, press] = usePressed<FilterButtonName>();
  return (
    <Suspense
      fallback={
        <>
          {props.canKeep && (
            <FilterButton name={words("filter.keep")} data-opens="keep" {...onPress(() => press("keep"))}>
              <Bookmark />
            </FilterButton>
          )}
          <FilterButton name={words("filter.views")} data-opens="views" {...onPress(() => press("views"))}>
            <LayoutList />
          </FilterButton>
          <FilterButton name={words("filter.examples")} data-opens="help" {...onPress(() => press("help"))}>
            <CircleHelp />
          </FilterButton>
        </>
      }
    >
      <LoadedButtons {...props} pressed={pressed} />
    </Suspense>
  );
}
