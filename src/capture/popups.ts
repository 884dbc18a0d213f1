/**
 * Which of the browser's new tabs a captured page has opened: Chrome makes the tab right after it announces it with
 * `Page.windowOpen`. The opener that `chrome.tabs` names does not tell: for a page in the background it is the tab in
 * front, and a link that a user opens in a new tab has one too.
 */
export class Popups {
  #expected = 0;

  /** A `Page.windowOpen` of a captured page. */
  announced(): void {
    this.#expected++;
  }

  /** A new tab: true where a captured page has opened it. */
  opened(): boolean {
    if (this.#expected === 0) return false;
    this.#expected--;
    return true;
  }
}
