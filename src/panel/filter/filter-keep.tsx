import { Bookmark, Highlighter } from "lucide-react";
import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { FieldForm } from "../controls/field-form.tsx";
import { Popup } from "../controls/popup.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FilterButton } from "./filter-button.tsx";

interface FilterKeepProps {
  readonly isOpenAtFirst: boolean;
  /** The filter became a chip, and the box is empty. */
  readonly onKept: () => void;
}

/** Keeps the filter of the box under a name, or makes it a colour. */
export function FilterKeep({ isOpenAtFirst, onKept }: FilterKeepProps) {
  const { scope, filters } = useSession();
  const { words } = useSpeaker();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const [name, setName] = useState("");
  const text = useSelected(scope, (state) => state.text);
  const isFull = useSelected(filters, () => !filters.canHighlight);

  function keep(how: () => void): void {
    filters.used(text);
    how();
    scope.setFilter("");
    setName("");
    setIsOpen(false);
    setTimeout(onKept);
  }

  return (
    <Popup
      trigger={
        <FilterButton name={words("filter.keep")} data-opens="keep">
          <Bookmark />
        </FilterButton>
      }
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="filter-keep"
      sideOffset={5}
      aria-label={words("filter.keep")}
    >
      <FieldForm name={words("filter.keep-name")} placeholder={text} maxLength={60} value={name} onChange={setName} take={{ name: words("filter.save"), icon: <Bookmark /> }} onTake={() => keep(() => filters.save(name, text))} />
      <p>{words("filter.save-about")}</p>
      <Button
        name={words("filter.highlight")}
        text={words("filter.highlight")}
        look="plain"
        icon={<Highlighter />}
        reason={isFull ? words("filter.highlight-full") : null}
        onClick={() => keep(() => filters.highlight(text))}
      />
      <p>{words("filter.highlight-keeps")}</p>
    </Popup>
  );
}
