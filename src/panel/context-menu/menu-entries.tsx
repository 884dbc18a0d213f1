import { ChevronRight } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { assertNever } from "../../model/assert-never.ts";
import { keepInside } from "../controls/keep-inside.ts";
import { MenuCheck } from "../controls/popup.tsx";
import { isOff, type MenuChoice, type MenuEntry } from "./menu-entry.ts";

/** Some lines of a menu, as any menu draws them. */
export const MenuEntries = ({ entries }: { readonly entries: readonly MenuEntry[] }) => entries.map((entry) => <Entry key={keyOf(entry)} entry={entry} />);

const keyOf = (entry: MenuEntry): string => ("key" in entry && entry.key !== undefined ? entry.key : `${entry.type} ${"text" in entry ? entry.text : ""}`);

/** One that cannot be chosen can be looked at: the keyboard comes to it, and the menu stays. */
const stay = (event: Event): void => event.preventDefault();

const Hint = ({ text }: { readonly text: string | null | undefined }) => text !== undefined && text !== null && <span className="menu-hint">{text}</span>;

function Entry({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.type) {
    case "separator":
      return <DropdownMenu.Separator className="menu-separator" />;
    case "title":
      return <DropdownMenu.Label className="menu-title">{entry.text}</DropdownMenu.Label>;
    case "item":
      return (
        <DropdownMenu.Item className="menu-item" aria-disabled={isOff(entry)} onSelect={isOff(entry) ? stay : entry.run}>
          <span>{entry.text}</span>
          <Hint text={entry.reason ?? entry.hint} />
        </DropdownMenu.Item>
      );
    case "submenu":
      return (
        <DropdownMenu.Sub>
          <DropdownMenu.SubTrigger className="menu-item">
            <span>{entry.text}</span>
            <ChevronRight className="menu-more" />
          </DropdownMenu.SubTrigger>
          <DropdownMenu.Portal container={document.querySelector("main")}>
            <DropdownMenu.SubContent
              ref={keepInside}
              className="menu context-menu popup"
              collisionPadding={8}
              onEscapeKeyDown={(event) => event.stopPropagation()}
              onContextMenu={(event) => event.preventDefault()}
            >
              <MenuEntries entries={entry.entries} />
            </DropdownMenu.SubContent>
          </DropdownMenu.Portal>
        </DropdownMenu.Sub>
      );
    case "choices":
      return <Choices choices={entry.choices} />;
    case "check":
      return (
        <DropdownMenu.CheckboxItem
          className="menu-item"
          checked={entry.isOn}
          aria-disabled={isOff(entry)}
          onCheckedChange={() => !isOff(entry) && entry.run()}
          onSelect={stay}
        >
          <MenuCheck />
          <span>{entry.text}</span>
          <Hint text={entry.reason} />
        </DropdownMenu.CheckboxItem>
      );
    default:
      return assertNever(entry);
  }
}

function Choices({ choices }: { readonly choices: readonly MenuChoice[] }) {
  return (
    <DropdownMenu.RadioGroup
      value={choices.find(({ isOn }) => isOn)?.text ?? ""}
      onValueChange={(text) => choices.find((choice) => choice.text === text)?.run()}
    >
      {choices.map(({ text }) => (
        <DropdownMenu.RadioItem key={text} value={text} className="menu-item">
          <MenuCheck />
          <span>{text}</span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
