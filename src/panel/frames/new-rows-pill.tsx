import { shapeOf } from "../controls/with-figure.tsx";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";

/** While the table does not follow its end: how many rows came since, and the way back. */
export function NewRowsPill() {
  const session = useSession();
  const { words } = useSpeaker();
  const following = useSelected(session.frames, (state) => state.following);
  const seen = useSelected(session.frames, (state) => state.seen);
  const rows = useCount((changed) => changed.rows, 0);
  const isSorted = useSelected(session.scope, (state) => state.sort !== null);
  // Sorted, new rows are anywhere.
  if (isSorted || following || rows <= seen) return null;
  const text = words("table.new-rows", { n: rows - seen });
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
