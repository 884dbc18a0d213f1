/** Where a page comes from, as short as it can be told: its host, or the scheme of one that has none. */
export function hostOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? "" : parsed.host === "" ? parsed.protocol : parsed.host;
}

/** The address of a page without what all have: to tell pages of one title and host apart. */
export function placeOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  const path = parsed.pathname === "/" ? "" : parsed.pathname;
  return parsed.host === "" ? `${parsed.protocol}${path}` : `${parsed.host}${path}`;
}
