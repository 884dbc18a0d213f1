import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useWhole } from "../controls/use-whole.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { hintOf } from "./hint-store.ts";
import { tourOf } from "./tour-store.ts";
import "./welcome.css";

/** What one does not see: said once, when there are frames to try it on, and where it covers no connection. */
export function Hint() {
  const session = useSession();
  const { words } = useSpeaker();
  const isDue = useSelected(hintOf(session), (state) => state.isDue);
  const hasFrames = useCount(({ frames }) => frames > 0, false);
  const isWhole = useWhole();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const hasRoom = useRoomBelowList(element);
  if (!isWhole || !isDue || !hasFrames) return null;
  return (
    <section ref={setElement} className={hasRoom ? "hint" : "hint hint-waiting"} aria-label={words("welcome.hint-name")}>
      <p>{words("welcome.hint")}</p>
      <div ref={leavesKeyboardToTable} className="hint-buttons">
        <Button
          name={words("welcome.tour")}
          text={words("welcome.tour")}
          look="plain"
          onClick={() => {
            hintOf(session).close();
            tourOf(session).begin(document.querySelector<HTMLElement>('.frames [role="grid"]'));
          }}
        />
        <Button name={words("welcome.hint-close")} icon={<X />} onClick={() => hintOf(session).close()} />
      </div>
    </section>
  );
}

/** Whether all connections stay on view with it: the list's are more, or its pane is lower, from one moment to the next. */
function useRoomBelowList(hint: HTMLElement | null): boolean {
  const [hasRoom, setHasRoom] = useState(true);
  useEffect(() => {
    const list = hint?.parentElement?.querySelector(".connections-list");
    if (hint === null || list === null || list === undefined) return undefined;
    const measure = (): void => {
      const held = [...list.children].reduce((sum, { clientHeight }) => sum + clientHeight, 0);
      // What is waiting takes no room of the list's.
      const taken = hint.matches(".hint-waiting") ? hint.offsetHeight : 0;
      setHasRoom(held + taken <= list.clientHeight);
    };
    const observer = new ResizeObserver(measure);
    for (const part of [hint, list, ...list.children]) observer.observe(part);
    return () => observer.disconnect();
  }, [hint]);
  return hasRoom;
}
