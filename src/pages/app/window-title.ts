import { shownAsText } from "../../panel/figures/hidden-characters.tsx";

/** What the page's tab and window are called: it holds what another page calls itself, or a file or person a capture. */
export function setWindowTitle(title: string): void {
  document.title = shownAsText(title);
}
