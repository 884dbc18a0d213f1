/** A duration as the panel writes it (`38.2 ms`, `1,204 ms`, `12.3 s`), and by how much it may be rounded: both in milliseconds. Undefined: none stands there. */
export function shownDuration(text: string): { readonly milliseconds: number; readonly rounding: number } | undefined {
  const [, figure = "", unit] = /([\d,]+(?:\.\d+)?)\s*(ms|s)\b/.exec(text) ?? [];
  if (unit === undefined) return undefined;
  const inUnit = unit === "s" ? 1000 : 1;
  // Of less than a hundred seconds a tenth is written, of milliseconds from a thousand on none.
  return { milliseconds: Number(figure.replaceAll(",", "")) * inUnit, rounding: figure.includes(".") ? inUnit / 20 : inUnit / 2 };
}
