import type { Speaker } from "../../words/speaker.ts";
import type { MenuTarget } from "../state/menu-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** What a menu is asked for with. */
export interface MenuAbout<Type extends MenuTarget["type"]> {
  readonly session: PanelSession;
  readonly speaker: Speaker;
  readonly target: Extract<MenuTarget, { readonly type: Type }>;
  /** Has the focus again once the menu is closed. */
  readonly from: HTMLElement | null;
}

/** Some lines of a menu that belong together, none where they do not apply: a separator stands between parts. */
export type MenuPart<Type extends MenuTarget["type"]> = (about: MenuAbout<Type>) => readonly MenuEntry[];
