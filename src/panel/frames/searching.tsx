import { useCount, useLongScan, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/**
 * While what was asked for is looked for, and nothing is found yet: the rows of before are dimmed, and a line says why, or
 * the empty table does. Seen only where that takes a moment.
 */
export function Searching() {
  const { scope, frames } = useSession();
  const { words } = useSpeaker();
  const { asked, problem } = useSelected(scope, (state) => state);
  const isOfBefore = useSelected(frames, (state) => state.asked !== asked);
  const hasRows = useSelected(frames, ({ count }) => count > 0);
  const isEmpty = useCount(({ rows }) => rows === 0, false);
  const isLong = useLongScan();
  if (hasRows) {
    // Of a text that is no filter the table says that itself.
    if (!isOfBefore || problem?.instead !== undefined) return null;
    return (
      <div className="frames-instead frames-searching">
        <span>{words("place.searching")}</span>
      </div>
    );
  }
  if (!isLong || !isEmpty) return null;
  return (
    <div className="frames-empty frames-searching">
      <strong>{words("place.searching")}</strong>
    </div>
  );
}
