/** One line of a context menu. */
export type MenuEntry =
  | { readonly type: "separator"; readonly key: string }
  | { readonly type: "title"; readonly text: string }
  /** `hint`: what exactly, in the filter language or as a key. `key`: where the text changes while the menu is open. `reason`: why it cannot be chosen now, in the hint's place. */
  | { readonly type: "item"; readonly key?: string; readonly text: string; readonly hint?: string; readonly reason?: string | null; readonly run: () => void }
  /** The menu stays open. */
  | { readonly type: "check"; readonly text: string; readonly isOn: boolean; readonly reason?: string | null; readonly run: () => void }
  | { readonly type: "submenu"; readonly text: string; readonly entries: readonly MenuEntry[] }
  | { readonly type: "choices"; readonly key: string; readonly choices: readonly MenuChoice[] };

/** Whether it cannot be chosen now. */
export const isOff = ({ reason = null }: { readonly reason?: string | null }): boolean => reason !== null;

/** One of several, of which one is on. */
export interface MenuChoice {
  readonly text: string;
  readonly isOn: boolean;
  readonly run: () => void;
}
