import { Bookmark, Highlighter } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { useSelected, useSession } from "../state/session-context.ts";

interface FilterKeepProps {
  /** The filter became a chip, and the box is empty. */
  readonly onKept: () => void;
}

/** Keeps the filter of the box under a name, or makes it a colour. */
export function FilterKeep({ onKept }: FilterKeepProps) {
  const { scope, filters } = useSession();
  const [isOpen, setIsOpen] = useState(false);
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
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        <button type="button" className="filter-button" aria-label="Keep this filter" title="Save this filter, or highlight what it matches">
          <Bookmark />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="filter-keep popup"
          align="end"
          sideOffset={5}
          collisionPadding={8}
          aria-label="Keep this filter"
          // See `takeKey`: Escape closes the popover and is not for DevTools.
          onEscapeKeyDown={(event) => event.stopPropagation()}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              keep(() => filters.save(name, text));
            }}
          >
            <input aria-label="Name" type="text" value={name} maxLength={60} placeholder={text} onChange={(event) => setName(event.target.value)} />
            <Button name="Save filter" text="Save filter" look="plain" icon={<Bookmark />} onClick={() => keep(() => filters.save(name, text))} />
          </form>
          <p>Saved filters stand below this bar, to switch on and off.</p>
          <Button
            name="Highlight instead"
            text="Highlight instead"
            look="plain"
            icon={<Highlighter />}
            disabled={isFull}
            title={isFull ? "All four colours are in use: remove one first" : undefined}
            onClick={() => keep(() => filters.highlight(text))}
          />
          <p>All rows stay; those that it matches are coloured.</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
