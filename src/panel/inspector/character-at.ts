import { HIDDEN_CHARACTER } from "../figures/hidden-characters.tsx";

/** The place in a drawn line's characters that is nearest to a point beside, above or below them. Of a hidden character that is drawn as its number, its own place. */
export function characterAt(line: HTMLElement, x: number): number {
  const { left, right, top, bottom } = line.getBoundingClientRect();
  if (x <= left) return 0;
  const caret = x >= right ? null : document.caretPositionFromPoint(x, (top + bottom) / 2);
  let place = 0;
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const { length } = (text as Text).data;
    const isHidden = text.parentElement?.className === HIDDEN_CHARACTER;
    if (text === caret?.offsetNode) return place + (isHidden ? Number(caret.offset > length / 2) : caret.offset);
    place += isHidden ? 1 : length;
  }
  return place;
}
