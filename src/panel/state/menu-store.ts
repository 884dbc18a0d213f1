import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { CopyForm } from "../../contract/files.ts";
import type { JsonForm, JsonKind } from "../../contract/inspect.ts";
import type { FrameRow } from "../../contract/rows.ts";
import type { ConnectionId, FrameIndex } from "../../model/units.ts";
import type { PathStep } from "../../query/query.ts";
import type { ColumnId } from "./column-layout.ts";

/** What a context menu is about. */
export type MenuTarget =
  /** `text`: what the user selected or pointed at in the message. */
  | { readonly type: "frame"; readonly row: FrameRow; readonly column: ColumnId; readonly text: string }
  /** Null: the columns altogether. */
  | { readonly type: "head"; readonly column: ColumnId | null }
  /** `value` is JSON; null for a container or a value that was cut, of which `json` tells all. `isInner`: it is a part of the value that a text holds, which no path leads to. `isSentJson`: `json` has it as it was sent too. `fold`: what is below it, or no longer. `showBytes`: null where the payload has none that are it. `url`: the page that it is the address of. */
  | { readonly type: "value"; readonly path: readonly PathStep[]; readonly isInner: boolean; readonly kind: JsonKind; readonly value: string | null; readonly key: string | null; readonly json: (form: JsonForm) => Promise<string>; readonly isSentJson: boolean; readonly fold: (opens: boolean) => void; readonly showBytes: (() => void) | null; readonly url: string | null }
  /** A message's text. `copy`: what is selected of it; null where nothing is. */
  | { readonly type: "text"; readonly copy: (() => void) | null; readonly selectAll: () => void }
  /** A header of a handshake. */
  | { readonly type: "header"; readonly name: string; readonly value: string; readonly connection: ConnectionId }
  | { readonly type: "connection"; readonly row: ConnectionRow }
  /** Which decoder reads a connection's messages. */
  | { readonly type: "decoder"; readonly row: ConnectionRow };

const OF_A_ROW: ReadonlySet<MenuTarget["type"]> = new Set(["frame", "value", "text"]);

export interface OpenMenu {
  readonly x: number;
  readonly y: number;
  readonly target: MenuTarget;
  /** Has the focus again once the menu is closed. */
  readonly from: HTMLElement | null;
}

export interface MenuState {
  readonly menu: OpenMenu | null;
  /** How the rows selected would be copied; null for one row, and until it is known. */
  readonly copyForm: CopyForm | null;
  readonly asked: Asked | null;
}

/** What is asked for over the screen; `from` has the focus again once it was. */
export type Asked = { readonly from: HTMLElement | null } & (
  /** The frame whose note is being written. */
  | { readonly type: "note"; readonly frame: FrameIndex; readonly text: string }
  /** A path which is to be a column. */
  | { readonly type: "path" }
  /** By which schema a connection's messages are read. */
  | { readonly type: "schema"; readonly row: ConnectionRow }
  /** How many bytes of each message are skipped. */
  | { readonly type: "prefix"; readonly row: ConnectionRow }
  /** By which paths its requests and answers are paired. */
  | { readonly type: "pairs"; readonly row: ConnectionRow }
);

/** What is open over the screen at a place of the user's pointing: one menu, or one thing that is asked for. */
export class MenuStore {
  readonly store: StoreApi<MenuState> = createStore<MenuState>(() => ({ menu: null, copyForm: null, asked: null }));

  open({ x, y }: { readonly x: number; readonly y: number }, target: MenuTarget, from: HTMLElement | null): void {
    this.store.setState({ menu: { x, y, target, from }, copyForm: null });
  }

  /** `target`: what the menu was opened on when it was asked for. */
  setCopyForm(target: MenuTarget, copyForm: CopyForm): void {
    if (this.store.getState().menu?.target === target) this.store.setState({ copyForm });
  }

  close(): void {
    this.store.setState({ menu: null });
  }

  /** The log is another: a row that it is about stands nowhere in it, or elsewhere. */
  leaveLog(): void {
    const { menu, asked } = this.store.getState();
    if (menu !== null && OF_A_ROW.has(menu.target.type)) this.close();
    if (asked?.type === "note") this.closeAsked();
  }

  ask(asked: Asked): void {
    this.store.setState({ asked });
  }

  closeAsked(): void {
    this.store.setState({ asked: null });
  }
}
