import { useState } from "react";
import { FilterHelp } from "./filter-help.tsx";
import { ViewsMenu } from "../views/views-menu.tsx";
import { FilterKeep } from "./filter-keep.tsx";

/** One of them. */
export type FilterButtonName = "keep" | "views" | "help";

interface FilterButtonsProps {
  /** The one that was pressed before they were loaded. */
  readonly pressed: FilterButtonName | null;
  /** Whether there is a filter to keep. */
  readonly canKeep: boolean;
  /** The user goes on in the box. */
  readonly onDone: () => void;
}

/** The buttons in the box that open something. */
export function FilterButtons({ pressed, canKeep, onDone }: FilterButtonsProps) {
  const [first, setFirst] = useState(pressed);
  // Once its filter is gone, the next one’s was not pressed.
  if (first === "keep" && !canKeep) setFirst(null);
  return (
    <>
      {canKeep && <FilterKeep isOpenAtFirst={first === "keep"} onKept={onDone} />}
      <ViewsMenu isOpenAtFirst={first === "views"} />
      <FilterHelp isOpenAtFirst={first === "help"} onChosen={onDone} />
    </>
  );
}
