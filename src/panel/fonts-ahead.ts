/** Those of the first screen: what it says, what of it is bold or small, messages. By the names of `tokens.css`: size and family. */
const FONTS = [["", "--size", "--ui"], ["600", "--size", "--ui"], ["", "--size-small", "--ui"], ["", "--size-mono", "--mono"]] as const;

/**
 * Has Chrome find the fonts in which texts of a language are written, some milliseconds for each and more where the first of a
 * list has not their characters, while the script that draws is still parsed. On a canvas: in a frame that nobody sees, nothing
 * is laid out.
 * @param tag BCP 47.
 */
export function findFonts(tag: string, texts: readonly string[]): void {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  if (canvas === null) return;
  const tokens = getComputedStyle(document.documentElement);
  for (const [weight, size, family] of FONTS) {
    // Chrome knows it, TypeScript not yet.
    Object.assign(canvas, { lang: tag });
    canvas.font = `${weight} ${tokens.getPropertyValue(size)} ${tokens.getPropertyValue(family)}`;
    for (const text of texts) canvas.measureText(text);
  }
}
