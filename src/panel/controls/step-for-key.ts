/** Places that a key goes forward in a list, `page` of them being a screen; as many as there can be for the keys that go to an end; undefined for another key. */
export function stepForKey(key: string, page: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return 1;
    case "ArrowUp":
      return -1;
    case "PageDown":
      return page;
    case "PageUp":
      return -page;
    case "End":
      return 2 ** 32;
    case "Home":
      return -(2 ** 32);
    default:
      return undefined;
  }
}
