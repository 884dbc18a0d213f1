import type { Code } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { PanelSession } from "../state/panel-session.ts";

/** Something that one can do, as the palette lists it. */
export interface Action {
  /** Unlike any other's. */
  readonly id: string;
  readonly name: string;
  /** A key that does the same, or what exactly is meant. */
  readonly hint?: string;
  readonly run: () => void;
}

/** What an action is made of. `focusFilter`: the keyboard goes to the filter box. */
export interface ActionParts {
  readonly session: PanelSession;
  readonly speaker: Speaker;
  readonly focusFilter: () => void;
}

/** Names that need no values. */
export type PlainName = Exclude<Extract<Code, `palette.${string}`>, "palette.export" | "palette.export-sensitive" | "palette.filter-on" | "palette.filter-off" | "palette.filter-by" | "palette.setting-on" | "palette.setting-off" | "palette.show-column" | "palette.hide-column" | "palette.not-imported">;

/** Actions under one heading, none where none makes sense now. */
export type ActionGroup = (parts: ActionParts) => readonly Action[];
