import type { AskForWires } from "../../contract/wire.ts";

/** In DevTools. */
const DEVTOOLS_PAGE = "/src/pages/devtools/";

/**
 * Asks the devtools page beside a panel for its wires. Chrome tells that page of the panel's window only once all of it has
 * loaded. Elsewhere there is nobody to ask: the wires come by themselves.
 */
export function askForWires({ parent, location: { origin } }: Window): void {
  for (let i = 0; i < parent.length; i++) {
    const beside = parent[i];
    if (beside !== undefined && isDevtoolsPage(beside)) beside.postMessage({ type: "framescope-asks" } satisfies AskForWires, origin);
  }
}

function isDevtoolsPage(window: Window): boolean {
  try {
    return window.location.pathname.startsWith(DEVTOOLS_PAGE);
  } catch {
    // Another extension's.
    return false;
  }
}
