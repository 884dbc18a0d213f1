import type { ReactNode } from "react";

/**
 * Characters that nobody would see, or that turn around what stands beside them (Unicode TR9, TR36): controls, marks and overrides of
 * direction, what has no width. Joiners of emoji and of scripts that write with them are none.
 */
// oxlint-disable-next-line no-control-regex -- controls are some of what this looks for
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{M}])[\u200c\u200d]/gu;

/** The class of its mark. */
export const HIDDEN_CHARACTER = "hidden-character";

/** Foreign text as it is drawn: each of these is a mark with its number. Cost: a pass over the text. */
export function shown(text: string): ReactNode {
  if (text.search(HIDDEN) === -1) return text;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { 0: character, index } of text.matchAll(HIDDEN)) {
    const name = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    parts.push(
      text.slice(at, index),
      <span key={index} className={HIDDEN_CHARACTER}>
        {name}
      </span>,
    );
    at = index + character.length;
  }
  return [...parts, text.slice(at)];
}
