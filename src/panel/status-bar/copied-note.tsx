import { Check } from "lucide-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** As far from the panel's edges, and from what was pressed. */
const MARGIN = 8;

/** What became of a copy, where it was asked for: at the pointer, or above what has the focus. The status bar says it aloud. */
export function CopiedNote() {
  const { clipboard } = useSession();
  const { tell } = useSpeaker();
  const said = useSelected(clipboard, (state) => state.said);
  const pressed = useRef({ x: 0, y: 0 });
  const note = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const ended = new AbortController();
    const options = { capture: true, signal: ended.signal };
    addEventListener("pointerdown", ({ clientX: x, clientY: y }) => (pressed.current = { x, y }), options);
    const keyed = (): void => {
      const box = document.activeElement?.getBoundingClientRect();
      if (box !== undefined) pressed.current = { x: box.left + Math.min(box.width / 2, 80), y: box.top + MARGIN };
    };
    addEventListener("keydown", keyed, options);
    return () => ended.abort();
  }, []);

  useLayoutEffect(() => {
    const box = note.current;
    if (box === null || said === null) return;
    const { x, y } = pressed.current;
    const { width, height } = box.getBoundingClientRect();
    const above = y - height - MARGIN;
    box.style.left = `${Math.max(MARGIN, Math.min(x - width / 2, innerWidth - width - MARGIN))}px`;
    box.style.top = `${above < MARGIN ? y + 2 * MARGIN : above}px`;
    // The same note again is another one: it is as long on view.
    for (const animation of box.getAnimations()) animation.currentTime = 0;
  }, [said]);

  if (said === null) return null;
  return createPortal(
    <div ref={note} className={said.isProblem ? "copied-note copied-bad" : "copied-note"} aria-hidden>
      {!said.isProblem && <Check />}
      {tell(said.said)}
    </div>,
    document.body,
  );
}
