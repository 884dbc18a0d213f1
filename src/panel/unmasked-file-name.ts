/**
 * `framescope-feed.test-frame-12-unmasked.txt`: the host that it is of, as far as `url` has one, and that it holds what was
 * captured with its secrets as they are. As exports are called, whose secrets can be masked (`engine/export.ts`).
 */
export function unmaskedFileName(url: string, name: string): string {
  const host = (URL.parse(url)?.host ?? "").replace(/[^\w.-]+/g, "-").slice(0, 60);
  const end = name.lastIndexOf(".");
  return `${["framescope", host, name.slice(0, end), "unmasked"].filter((part) => part !== "").join("-")}${name.slice(end)}`;
}
