const KEY = "panel loaded unseen";
/** DevTools itself, and the page that it is opened for, go before. */
const REST_MS = 700;
/** The second time Chrome meets a script it keeps what it has compiled of it. */
const TIMES = 2;
/** After a page has loaded, its words come, and their fonts are found. */
const WORDS_MS = 300;

interface UnseenParts {
  /** Ended as soon as somebody looks at a panel: it loads the same. */
  readonly signal: AbortSignal;
  /** Ends with the browser. */
  readonly area: Pick<chrome.storage.StorageArea, "get" | "set">;
  /** Where a frame can stand that nobody sees. */
  readonly place: Pick<HTMLElement, "append">;
}

/**
 * Loads the panel's page where nobody sees it, once for all tabs until the browser ends: Chrome then has its scripts compiled
 * and its fonts found before it is shown for the first time. The page gets no wires, so it draws
 * nothing. Resolves when the last frame is gone again.
 */
export async function loadUnseen(page: string, { signal, area, place }: UnseenParts): Promise<void> {
  await rest(REST_MS, signal);
  if (signal.aborted || (await area.get(KEY))[KEY] === true) return;
  await area.set({ [KEY]: true });
  for (let i = 0; i < TIMES && !signal.aborted; i++) {
    const frame = document.createElement("iframe");
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    const ended = new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    frame.src = page;
    place.append(frame);
    await Promise.race([loaded, ended]);
    await rest(WORDS_MS, signal);
    frame.remove();
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener("abort", resolve, { once: true });
    setTimeout(resolve, milliseconds);
  });
}
