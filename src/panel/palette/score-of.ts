/**
 * How well what was typed names a command, 0 to 1: all words must be there (cmdk's own score finds letters scattered over a
 * name). What begins so comes first; last comes what is found by the `headings` that it stands under.
 */
export function scoreOf(value: string, typed: string, headings: readonly string[] = []): number {
  const text = value.toLowerCase();
  const wanted = typed.trim().toLowerCase();
  if (text.startsWith(wanted)) return 1;
  const has = (within: string): boolean => wanted.split(/\s+/).every((word) => within.includes(word));
  if (has(text)) return 0.5;
  return has(`${headings.join(" ").toLowerCase()} ${text}`) ? 0.25 : 0;
}
