import { CircleHelp } from "lucide-react";
import { Popover } from "radix-ui";
import { useRef } from "react";
import { Popup } from "../controls/popup.tsx";
import { useWhole } from "../controls/use-whole.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FilterButton } from "./filter-button.tsx";
import { FILTER_EXAMPLES } from "./filter-examples.ts";

interface FilterHelpProps {
  readonly isOpenAtFirst: boolean;
  /** An example is in the box: the user goes on there. */
  readonly onChosen: () => void;
}

/** Examples of filters; a click puts one into the box. */
export function FilterHelp({ isOpenAtFirst, onChosen }: FilterHelpProps) {
  const { scope } = useSession();
  const { words } = useSpeaker();
  const isWhole = useWhole();
  const isChosen = useRef(false);
  return (
    <Popup
      trigger={
        <FilterButton name={words("filter.examples")} data-opens="help">
          <CircleHelp />
        </FilterButton>
      }
      isOpenAtFirst={isOpenAtFirst}
      className="filter-help"
      sideOffset={5}
      aria-label={words("filter.examples")}
      onCloseAutoFocus={(event) => {
        if (!isChosen.current) return;
        isChosen.current = false;
        event.preventDefault();
        onChosen();
      }}
    >
      {isWhole && (
        <>
          <ul>
            {FILTER_EXAMPLES.map(([filter, meaning]) => (
              <li key={filter}>
                <Popover.Close
                  className="filter-example"
                  onClick={() => {
                    scope.setFilter(filter);
                    isChosen.current = true;
                  }}
                >
                  <code>{filter}</code>
                  <span>{words(meaning)}</span>
                </Popover.Close>
              </li>
            ))}
          </ul>
          <p>{words("examples.keys")}</p>
        </>
      )}
    </Popup>
  );
}
