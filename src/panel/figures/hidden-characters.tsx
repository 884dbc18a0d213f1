/** @jsxImportSource react */
import type { ReactNode } from "react";

/**
 * Characters that nobody would see, or that turn around what stands beside them (Unicode TR9, TR36): controls, marks and overrides of
 * direction, what has no width. Joiners of emoji and of scripts that write with them are none.
 * A group holds each, so that a text splits into what stands between them and them.
 */
// oxlint-disable-next-line no-control-regex -- controls are some of what this looks for
export const HIDDEN = /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{M}])[\u200c\u200d])/gu;

/** The class of its mark. */
export const HIDDEN_CHARACTER = "hidden-character";

/** What its mark says: `U+202E`. */
export const numberOf = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;

/** Text as it is drawn: each of these is a mark with its number. Cost: a pass over the text. */
export function shown(text: string): ReactNode {
  if (text.search(HIDDEN) === -1) return text;
  // oxlint-disable-next-line react/no-array-index-key -- parts of a text repeat, and never move
  return text.split(HIDDEN).map((part, i) => (i % 2 === 0 ? part : <span key={i} className={HIDDEN_CHARACTER}>{numberOf(part.charCodeAt(0))}</span>));
}

/** The same where there is room for characters alone: beside the pointer, in a list to choose from, on a canvas. */
export const shownAsText = (text: string): string => text.replace(HIDDEN, (character) => `⟨${numberOf(character.charCodeAt(0))}⟩`);
