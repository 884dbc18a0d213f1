/** Moved as far with the button down, an item is meant where it comes up; in pixels. */
const DRAGGED = 4;

/**
 * For `ref` of a menu that Radix opens: the press that opened it chooses nothing where it is only let go. Radix takes an item
 * under the pointer for chosen as soon as a button comes up over it, and in a narrow panel there is no place for a menu but
 * under the pointer.
 */
export function forgetsOpeningPress(box: HTMLElement | null): (() => void) | undefined {
  if (box === null) return undefined;
  const ended = new AbortController();
  const { signal } = ended;
  let moved = 0;
  addEventListener("pointermove", ({ movementX, movementY }) => (moved += Math.abs(movementX) + Math.abs(movementY)), { signal });
  box.addEventListener("pointerup", (event) => moved < DRAGGED && event.stopPropagation(), { capture: true, signal });
  return () => ended.abort();
}
