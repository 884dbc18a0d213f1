import type { AskForWires } from "../../contract/wire.ts";

/** In DevTools. */
const DEVTOOLS_PAGE = "/src/pages/devtools/";

/** The devtools page beside a panel; elsewhere there is none. */
export function devtoolsPageBeside({ parent }: Window): Window | undefined {
  for (let i = 0; i < parent.length; i++) {
    const beside = parent[i];
    if (beside !== undefined && isDevtoolsPage(beside)) return beside;
  }
  return undefined;
}

/**
 * Asks the devtools page for the wires of a panel. Chrome tells it of the panel's window only once all of that has loaded.
 * Where there is none, they come by themselves.
 */
export function askForWires(devtoolsPage: Window): void {
  devtoolsPage.postMessage({ type: "framescope-asks" } satisfies AskForWires, devtoolsPage.location.origin);
}

function isDevtoolsPage(window: Window): boolean {
  try {
    return window.location.pathname.startsWith(DEVTOOLS_PAGE);
  } catch {
    // Another extension's.
    return false;
  }
}
