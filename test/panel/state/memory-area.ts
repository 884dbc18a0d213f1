import type { StorageArea } from "../../../src/panel/state/kept-store.ts";

/** Storage that outlives a panel; may hold what another version wrote. */
export function memoryArea(stored: Record<string, unknown> = {}): StorageArea & { readonly stored: Record<string, unknown> } {
  return {
    stored,
    get: () => Promise.resolve(stored),
    set: (items) => Promise.resolve(void Object.assign(stored, items)),
    onChanged: { addListener: () => undefined, removeListener: () => undefined },
  };
}
