/** One line of a context menu. */
export type MenuEntry =
  | { readonly type: "separator"; readonly key: string }
  | { readonly type: "title"; readonly text: string }
  /** `hint`: what exactly, in the filter language or as a key. `key`: where the text changes while the menu is open. */
  | { readonly type: "item"; readonly key?: string; readonly text: string; readonly hint?: string; readonly isDisabled?: boolean; readonly run: () => void }
  /** The menu stays open. */
  | { readonly type: "check"; readonly text: string; readonly isOn: boolean; readonly isDisabled?: boolean; readonly run: () => void }
  | { readonly type: "submenu"; readonly text: string; readonly entries: readonly MenuEntry[] }
  | { readonly type: "choices"; readonly key: string; readonly choices: readonly MenuChoice[] };

/** One of several, of which one is on. */
export interface MenuChoice {
  readonly text: string;
  readonly isOn: boolean;
  readonly run: () => void;
}
