/** Web Locks: who uses what, and who is still there. A lock is free once its worker has ended, however it ended. */

/** Held until what it answers is called, or this worker ends, however it ends. Rejects where it takes longer than `atMost` to have it. */
export function holdLock(name: string, atMost?: number): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const options = atMost === undefined ? {} : { signal: AbortSignal.timeout(atMost) };
    navigator.locks.request(name, options, () => new Promise<void>((letGo) => resolve(letGo))).catch(reject);
  });
}

/** Resolves with true once whoever holds a lock has let it go; with false where that is not waited for any more. */
export function whenLockIsFree(name: string, signal: AbortSignal): Promise<boolean> {
  return navigator.locks.request(name, { signal }, () => true).catch(() => false);
}

/** Names of all locks that a page or worker of this extension holds. */
export async function heldLocks(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => name ?? []));
}
