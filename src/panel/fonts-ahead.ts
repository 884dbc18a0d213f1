/** Those of the first screen, by the names of `tokens.css`: weight, size, family. Chrome looks for each by itself. */
const FONTS = [
  ["400", "--size", "--ui"],
  ["400", "--size-small", "--ui"],
  ["600", "--size-small", "--ui"],
  ["700", "--size-small", "--ui"],
  ["400", "--size-mono", "--ui"],
  ["400", "--size-mono", "--mono"],
  ["700", "--size-mono", "--mono"],
  ["400", "--size", "--mono"],
] as const;
const SVG = "http://www.w3.org/2000/svg";
/** What no language writes: directions, an event. */
const SIGNS = " ↑↓●";
/** What messages hold that few fonts have: Chrome asks for what has it, and for all of the list that has not. */
const OTHERS = "é中😀";

/**
 * Has Chrome find the fonts in which texts of a language are written: a millisecond or more for each, and more where the first
 * of a list has not their characters. Nothing is seen of it.
 * @param tag BCP 47.
 */
export async function findFonts(tag: string, texts: readonly string[]): Promise<void> {
  // Where it is seen, what the rows may never hold is not waited for.
  if (innerWidth > 0) layOut(linesOf(tag, texts, ""));
  else await draw(linesOf(tag, texts, OTHERS));
}

function linesOf(tag: string, texts: readonly string[], more: string): HTMLElement {
  // By value: a picture has no style sheet of ours.
  const tokens = getComputedStyle(document.documentElement);
  const lines = document.createElement("div");
  lines.lang = tag;
  for (const [i, [weight, size, family]] of FONTS.entries()) {
    // One text has its font found; of what is first in each, Chrome asks but once whatever the font.
    for (const text of i === 0 ? texts : texts.slice(0, 1)) {
      const line = document.createElement("p");
      line.style.font = `${weight} ${tokens.getPropertyValue(size)} ${tokens.getPropertyValue(family)}`;
      line.style.fontVariantNumeric = "tabular-nums";
      line.textContent = text + SIGNS + more;
      lines.append(line);
    }
  }
  return lines;
}

function layOut(lines: HTMLElement): void {
  lines.style.cssText = "position: fixed; visibility: hidden";
  document.body.append(lines);
  lines.getBoundingClientRect();
  lines.remove();
}

/** In a frame that nobody sees nothing is laid out but what a picture holds. */
async function draw(lines: HTMLElement): Promise<void> {
  const svg = document.createElementNS(SVG, "svg");
  const page = svg.appendChild(document.createElementNS(SVG, "foreignObject"));
  for (const [element, side] of [[svg, "9"], [page, "999"]] as const) for (const name of ["width", "height"]) element.setAttribute(name, side);
  page.append(lines);
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await picture.decode();
  document.createElement("canvas").getContext("2d")?.drawImage(picture, 0, 0);
}
