import type { FilterButtonName } from "./filter-buttons.tsx";

/** What a button of the filter box opens hangs on it, and has the focus back there. */
export function openFilterButton(name: FilterButtonName): void {
  document.querySelector<HTMLElement>(`.filter [data-opens="${name}"]`)?.click();
}
