interface KeyTaken {
  preventDefault(): void;
  stopPropagation(): void;
}

/**
 * For a key that the panel acts on. DevTools listens on the document of each panel and takes keys that it knows (Ctrl-F
 * opens its search, Escape its drawer), also those whose default was prevented; so they must not get there.
 */
export function takeKey(event: KeyTaken): void {
  event.preventDefault();
  event.stopPropagation();
}
