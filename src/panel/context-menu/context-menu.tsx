import { lazy, Suspense, useEffect, useState } from "react";
import { assertNever } from "../../model/assert-never.ts";
import type { Code } from "../../model/said.ts";
import { keepInside } from "../controls/keep-inside.ts";
import { forgetsOpeningPress } from "../controls/opening-press.ts";
import { Menu } from "../controls/popup.tsx";
import type { Asked, MenuTarget, OpenMenu } from "../state/menu-store.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { MenuEntries } from "./menu-entries.tsx";
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
      <MenuEntries entries={entriesOf(menu.target.type, { session, speaker, target: menu.target, from: menu.from })} />
    </Menu>
  );
}

function isAtPointer(box: HTMLElement | null): () => void {
  const ends = [keepInside(box), forgetsOpeningPress(box)];
  return () => ends.forEach((end) => end?.());
}

const MENU_NAMES = {
  frame: "menu.frame",
  head: "menu.columns",
  value: "menu.value",
  text: "inspector.text",
  header: "menu.header",
  connection: "menu.connection",
  decoder: "menu.decode-as",
} as const satisfies Readonly<Record<MenuTarget["type"], Code>>;
