import type { StorageArea } from "./kept-store.ts";

/**
 * The same storage, of which some values are asked for at once, before anybody needs them: whoever asks for one of these
 * later has it without another way to the browser. A value that changes meanwhile is asked for anew.
 */
export function readAhead(area: StorageArea, keys: readonly string[]): StorageArea {
  const ahead = new Map<string, Promise<Record<string, unknown>>>();
  area.onChanged.addListener((changes) => {
    for (const key of Object.keys(changes)) ahead.delete(key);
  });
  for (const key of keys) {
    const read = area.get(key);
    // Who needs it asks again.
    read.catch(() => ahead.delete(key));
    ahead.set(key, read);
  }
  return {
    get: (key) => ahead.get(key) ?? area.get(key),
    set: (items) => {
      for (const key of Object.keys(items)) ahead.delete(key);
      return area.set(items);
    },
    onChanged: area.onChanged,
  };
}
