import { FilterHelp } from "./filter-help.tsx";
import { ViewsMenu } from "../views/views-menu.tsx";
import { FilterKeep } from "./filter-keep.tsx";

interface FilterButtonsProps {
  /** Whether there is a filter to keep. */
  readonly canKeep: boolean;
  /** The user goes on in the box. */
  readonly onDone: () => void;
}

/** The buttons in the box that open something. */
export function FilterButtons({ canKeep, onDone }: FilterButtonsProps) {
  return (
    <>
      {canKeep && <FilterKeep onKept={onDone} />}
      <ViewsMenu />
      <FilterHelp onChosen={onDone} />
    </>
  );
}
