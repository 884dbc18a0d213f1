import { Check } from "lucide-react";
import { DropdownMenu, Popover } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { forgetsOpeningPress } from "./opening-press.ts";

/** What all that opens over the screen has in common. */
const OVER_THE_SCREEN = {
  align: "end",
  sideOffset: 4,
  // Below, no half of the status bar's letters shows under its own last line.
  collisionPadding: { top: 8, right: 8, bottom: 4, left: 8 },
  // See `takeKey`: Escape closes it and is not for DevTools, nor for what it stands on.
  onEscapeKeyDown: (event: KeyboardEvent) => event.stopPropagation(),
} as const;

interface Opening {
  /** A button. */
  readonly trigger: ReactNode;
  /** Left out: it opens and closes by itself. */
  readonly isOpen?: boolean;
  readonly isOpenAtFirst?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

type PopupProps = Opening & ComponentProps<typeof Popover.Content> & { readonly "aria-label": string };

/** A box that hangs on a button. */
export function Popup({ trigger, isOpen, isOpenAtFirst, onOpenChange, className = "", ...content }: PopupProps) {
  return (
    <Popover.Root {...openingOf({ isOpen, isOpenAtFirst, onOpenChange })}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content {...OVER_THE_SCREEN} {...content} className={`${className} popup`} />
      </Popover.Portal>
    </Popover.Root>
  );
}

interface MenuProps extends Opening, ComponentProps<typeof DropdownMenu.Content> {
  /** A landmark, for all that is drawn stands in one; in a dialog nothing, which makes what is outside of it unreachable. */
  readonly container?: Element | null;
}

/** A menu that hangs on a button. */
export function Menu({ trigger, isOpen, isOpenAtFirst, onOpenChange, container, ref = forgetsOpeningPress, className = "", ...content }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...openingOf({ isOpen, isOpenAtFirst, onOpenChange })}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content ref={ref} {...OVER_THE_SCREEN} {...content} className={`menu ${className} popup`} />
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Stands before what can be chosen or checked, in all items of such a menu, so that their texts line up. */
export function MenuCheck() {
  return (
    <span className="menu-check">
      <DropdownMenu.ItemIndicator>
        <Check />
      </DropdownMenu.ItemIndicator>
    </span>
  );
}

/** Radix tells a box that is opened from outside by `open` being there at all. */
function openingOf({ isOpen, isOpenAtFirst, onOpenChange }: { [Name in keyof Omit<Opening, "trigger">]: Opening[Name] | undefined }) {
  return {
    ...(isOpen !== undefined && { open: isOpen }),
    ...(isOpenAtFirst !== undefined && { defaultOpen: isOpenAtFirst }),
    ...(onOpenChange !== undefined && { onOpenChange }),
  };
}
