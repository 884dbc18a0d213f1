import { useStore } from "zustand";
import { shapeOf } from "../controls/with-figure.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";

/** While the table does not follow its end, and not all of its end has been on view: how many rows stand below, and the way there. */
export function RowsBelowPill() {
  const session = useSession();
  const { words } = useSpeaker();
  const n = useStore(session.frames.below);
  const isSorted = useSelected(session.scope, (state) => state.sort !== null);
  // Sorted, rows that come are anywhere.
  if (isSorted || n === 0) return null;
  const text = words("table.rows-below", { n });
  return (
    <button ref={leavesKeyboardToTable} type="button" className="frames-pill" onClick={() => session.frames.setFollowing(true)}>
      {/* In the middle, a longer one begins elsewhere. */}
      <span key={shapeOf(text)}>
        <span aria-hidden>↓ </span>
        {text}
      </span>
    </button>
  );
}
