interface KeyPressed {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly code: string;
  readonly key: string;
}

/** What is asked of something that can be looked through: to say what is to be found, or to go to the next place of it, or the one before. */
export type FindAsked = "text" | "next" | "previous";

/** What a key asks of what holds the keyboard, where that can be looked through: `data-finds` says that it can. Undefined of any other key. */
export function findAskedBy({ ctrlKey, metaKey, shiftKey, altKey, code, key }: KeyPressed): FindAsked | undefined {
  const isCommand = ctrlKey || metaKey;
  if (altKey) return undefined;
  if ((isCommand && !shiftKey && code === "KeyF") || (!isCommand && key === "/")) return "text";
  if ((isCommand && code === "KeyG") || (!isCommand && code === "F3")) return shiftKey ? "previous" : "next";
  return undefined;
}

/** The same where one may be typing: a slash is text there. */
export const findAskedWhileTyping = (event: KeyPressed): FindAsked | undefined => (event.key === "/" ? undefined : findAskedBy(event));
