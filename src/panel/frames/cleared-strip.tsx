import { say } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useCount, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { undoClear } from "./undo-clear.ts";

/** Below the rows, for as long as a clear can be undone: what it took away, and the way back. */
export function ClearedStrip() {
  const session = useSession();
  const { words, tellAll } = useSpeaker();
  const cleared = useCount((changed) => changed.cleared, null);
  if (cleared === null || (cleared.frames === 0 && cleared.connections === 0)) return null;
  return (
    <div ref={leavesKeyboardToTable} className="frames-cleared">
      <span role="status">
        {tellAll([say("place.cleared", { n: cleared.frames, connections: cleared.connections }), ...(cleared.isKept ? [say("place.cleared-kept")] : [])])}
      </span>
      <Button name={words("place.undo-clear")} text={words("place.undo-clear")} look="plain" onClick={() => undoClear(session)} />
    </div>
  );
}
