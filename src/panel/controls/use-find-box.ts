import { useRef, type KeyboardEvent, type RefObject } from "react";
import { findAskedWhileTyping, type FindAsked } from "./find-key.ts";
import { takeKey } from "./take-key.ts";

interface FindBox {
  /** Of the input. */
  readonly box: RefObject<HTMLInputElement | null>;
  /** Does what a key asked of what is looked through. */
  readonly ask: (asked: FindAsked) => void;
  /** For what stands around the input: its keys, and Enter in it for the next place, with Shift for the one before. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** An input that says what is to be found, and its keys. `text`: what stands in it; `find`: goes to the next place, or to the one before. */
export function useFindBox(text: string, find: (backwards: boolean) => void): FindBox {
  const box = useRef<HTMLInputElement>(null);

  function ask(asked: FindAsked): void {
    if (asked !== "text" && text !== "") return find(asked === "previous");
    box.current?.focus();
    box.current?.select();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const asked = findAskedWhileTyping(event);
    if (asked !== undefined) ask(asked);
    // On a button it presses that.
    else if (event.key === "Enter" && event.target === box.current) find(event.shiftKey);
    else return;
    takeKey(event);
  }

  return { box, ask, onKeyDown };
}
