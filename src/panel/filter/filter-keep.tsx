import { Bookmark, Highlighter } from "lucide-react";
import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { Popup } from "../controls/popup.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

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
        <button type="button" className="filter-button" aria-label={words("filter.keep")} title={words("filter.keep")}>
          <Bookmark />
        </button>
      }
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="filter-keep"
      sideOffset={5}
      aria-label={words("filter.keep")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep(() => filters.save(name, text));
        }}
      >
        <input className="field" aria-label={words("filter.keep-name")} type="text" value={name} maxLength={60} placeholder={text} onChange={(event) => setName(event.target.value)} />
        <Button name={words("filter.save")} text={words("filter.save")} look="plain" icon={<Bookmark />} onClick={() => keep(() => filters.save(name, text))} />
      </form>
      <p>{words("filter.save-about")}</p>
      <Button
        name={words("filter.highlight")}
        text={words("filter.highlight")}
        look="plain"
        icon={<Highlighter />}
        disabled={isFull}
        title={isFull ? words("filter.highlight-full") : undefined}
        onClick={() => keep(() => filters.highlight(text))}
      />
      <p>{words("filter.highlight-keeps")}</p>
    </Popup>
  );
}
