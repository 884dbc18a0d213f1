import type { Speaker } from "../words/speaker.ts";

/** Those of the first screen: what it says, what of it is bold or small, messages. */
const FONTS = ["var(--size) var(--ui)", "600 var(--size) var(--ui)", "var(--size-small) var(--ui)", "var(--size-mono) var(--mono)"];

/**
 * Has Chrome find the fonts in which a language is written, some milliseconds for each and more where the first of a list has
 * not its characters, while the script that draws is still parsed. Nothing is seen of it.
 */
export function findFonts({ tag, words }: Speaker): void {
  const lines = document.createElement("div");
  lines.lang = tag;
  lines.style.cssText = "position: fixed; visibility: hidden";
  for (const font of FONTS) {
    const line = document.createElement("p");
    line.style.font = font;
    line.textContent = words("table.name");
    lines.append(line);
  }
  document.body.append(lines);
  lines.getBoundingClientRect();
  lines.remove();
}
