/** A tab of the browser, as far as a list of tabs shows it. */
export interface BrowserTab {
  readonly id: number;
  /** What the page calls itself; hostile, and perhaps empty. */
  readonly title: string;
  readonly url: string;
}

const MOST_NAME = 200;

/** What a tab goes by: its page's title or, without one, its address; as in Chrome's own tabs. */
export function nameOfTab({ title, url }: BrowserTab): string {
  const name = title.trim();
  return (name === "" ? url : name).slice(0, MOST_NAME);
}
