/** What the keyboard goes through with F6, in this order. */
const PANES = ['[role="listbox"]', '[aria-multiselectable="true"]', ".inspector [role=tab][data-state=active]", ".cm-content, .filter-input"];

/** The keyboard goes on to the next pane that is there, or back to the one before. */
export function nextPane(backwards: boolean): void {
  const panes = PANES.flatMap((pane) => [...document.querySelectorAll<HTMLElement>(`.panel ${pane}`)].slice(0, 1));
  const at = panes.findIndex((pane) => pane.contains(document.activeElement) || pane.closest(".inspector")?.contains(document.activeElement) === true);
  const step = backwards ? -1 : 1;
  panes[(at + step + panes.length) % panes.length]?.focus();
}
