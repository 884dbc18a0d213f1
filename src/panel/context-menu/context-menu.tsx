import { ChevronRight } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { lazy, Suspense, useEffect, useState } from "react";
import { assertNever } from "../../model/assert-never.ts";
import type { Code } from "../../model/said.ts";
import { keepInside } from "../controls/keep-inside.ts";
import { forgetsOpeningPress } from "../controls/opening-press.ts";
import { Menu, MenuCheck } from "../controls/popup.tsx";
import type { Asked, MenuTarget, OpenMenu } from "../state/menu-store.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { MenuChoice, MenuEntry } from "./menu-entry.ts";
import { entriesOf } from "./menu-parts.ts";
import { NoteEditor } from "./note-editor.tsx";
import { PairEditor } from "./pair-editor.tsx";
import { PathEditor } from "./path-editor.tsx";
import { PrefixEditor } from "./prefix-editor.tsx";
import { askSnippets, snippetChoices } from "./snippet-entries.ts";

const SchemaDialog = lazy(async () => ({ default: (await import("../schema/schema-dialog.tsx")).SchemaDialog }));

/** The menu that is open, and what is asked for. */
export function ContextMenu() {
  const session = useSession();
  const { menu, asked } = useSelected(session.menu, (state) => state);
  return (
    <>
      {menu !== null && <MenuAt key={`${menu.x} ${menu.y}`} menu={menu} />}
      {asked !== null && <AskedFor asked={asked} />}
    </>
  );
}

function AskedFor({ asked }: { readonly asked: Asked }) {
  switch (asked.type) {
    case "note":
      return <NoteEditor key={asked.frame} {...asked} />;
    case "path":
      return <PathEditor {...asked} />;
    case "pairs":
      return <PairEditor {...asked} />;
    case "prefix":
      return <PrefixEditor {...asked} />;
    case "schema":
      return (
        <Suspense fallback={null}>
          <SchemaDialog {...asked} />
        </Suspense>
      );
    default:
      return assertNever(asked);
  }
}

/**
 * A menu at the pointer. Radix' own ContextMenu must be wrapped around what is pointed at; so that it can load late, and
 * so that rows stay plain, this one hangs on a point instead.
 */
function MenuAt({ menu }: { readonly menu: OpenMenu }) {
  const session = useSession();
  const speaker = useSpeaker();
  const [wish] = useState(() => session.sending.store.getState().wish);
  const [edited] = useState(() => session.editedRule.getState());
  // Checks stay open: their menu shows what they did.
  useSelected(session.columns, (state) => state);
  useSelected(snippetChoices, (state) => state);
  useEffect(() => askSnippets(session), [session]);
  return (
    <Menu
      trigger={<span className="menu-point" aria-hidden style={{ left: menu.x, top: menu.y }} />}
      isOpen
      onOpenChange={(isOpen) => !isOpen && session.menu.close()}
      // In a landmark, as all that is drawn.
      container={document.querySelector("main")}
      ref={isAtPointer}
      className="context-menu"
      // Beside the point it can move up as far as it is long.
      side="right"
      align="start"
      sideOffset={2}
      aria-label={speaker.words(MENU_NAMES[menu.target.type])}
      aria-labelledby={undefined}
      onContextMenu={(event) => event.preventDefault()}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        // The drawer or the form that an item opens has the focus, as what is asked has.
        if (session.menu.store.getState().asked === null && session.sending.store.getState().wish === wish && session.editedRule.getState() === edited) menu.from?.focus();
      }}
    >
      {entriesOf(menu.target.type, { session, speaker, target: menu.target, from: menu.from }).map((entry) => (
        <Entry key={keyOf(entry)} entry={entry} />
      ))}
    </Menu>
  );
}

function isAtPointer(box: HTMLElement | null): () => void {
  const ends = [keepInside(box), forgetsOpeningPress(box)];
  return () => ends.forEach((end) => end?.());
}

const keyOf = (entry: MenuEntry): string => ("key" in entry && entry.key !== undefined ? entry.key : `${entry.type} ${"text" in entry ? entry.text : ""}`);

const MENU_NAMES = {
  frame: "menu.frame",
  head: "menu.columns",
  value: "menu.value",
  text: "inspector.text",
  header: "menu.header",
  connection: "menu.connection",
  decoder: "menu.decode-as",
} as const satisfies Readonly<Record<MenuTarget["type"], Code>>;

function Entry({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.type) {
    case "separator":
      return <DropdownMenu.Separator className="menu-separator" />;
    case "title":
      return <DropdownMenu.Label className="menu-title">{entry.text}</DropdownMenu.Label>;
    case "item":
      return (
        <DropdownMenu.Item className="menu-item" disabled={entry.isDisabled === true} onSelect={entry.run}>
          <span>{entry.text}</span>
          {entry.hint !== undefined && <span className="menu-hint">{entry.hint}</span>}
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
              {entry.entries.map((inner) => (
                <Entry key={keyOf(inner)} entry={inner} />
              ))}
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
          disabled={entry.isDisabled === true}
          onCheckedChange={entry.run}
          onSelect={(event) => event.preventDefault()}
        >
          <MenuCheck />
          <span>{entry.text}</span>
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
