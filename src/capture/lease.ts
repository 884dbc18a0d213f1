/** The name of a lease's port; what follows is the tab's id. */
const LEASE = "framescope-lease:";

/**
 * Holds a port to the service worker for as long as this page lives: when the port drops, the service worker detaches
 * the debugger, which would otherwise outlive the page. Answers how to give the lease back.
 *
 * Chrome stops an idle service worker, which drops the port from its side; connecting again starts it.
 */
export function holdLease(tabId: number): () => void {
  let port: chrome.runtime.Port | undefined;
  const connect = (): void => {
    port = chrome.runtime.connect({ name: `${LEASE}${tabId}` });
    port.onDisconnect.addListener(connect);
  };
  connect();
  return () => {
    port?.onDisconnect.removeListener(connect);
    port?.disconnect();
  };
}

/** The service worker's side: detaches a tab when the last lease on it drops. */
export function keepLeases(detach: (tabId: number) => Promise<void>): void {
  const held = new Map<number, number>();
  chrome.runtime.onConnect.addListener((port) => {
    if (!port.name.startsWith(LEASE)) return;
    const tabId = Number(port.name.slice(LEASE.length));
    held.set(tabId, (held.get(tabId) ?? 0) + 1);
    port.onDisconnect.addListener(() => {
      const left = (held.get(tabId) ?? 1) - 1;
      if (left > 0) {
        held.set(tabId, left);
        return;
      }
      held.delete(tabId);
      // It may be detached already, by the page itself or by the user.
      void detach(tabId).catch(() => {});
    });
  });
}
