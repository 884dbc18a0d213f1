/** Where a page comes from, as short as it can be told: its host, or the scheme of one that has none. Empty for no URL. */
export function hostOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? "" : parsed.host === "" ? parsed.protocol : parsed.host;
}

/**
 * Host and path of a page, with the scheme where it is not the web's: what tells pages apart. Without a query, which may
 * hold what nobody should read over a shoulder. Empty for no URL.
 */
export function placeOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return "";
  const { protocol, host, pathname } = parsed;
  if (protocol !== "http:" && protocol !== "https:") return `${protocol}${host === "" ? "" : "//"}${host}${pathname}`;
  return `${host}${pathname === "/" ? "" : pathname}`;
}
