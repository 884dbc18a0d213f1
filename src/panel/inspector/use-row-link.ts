import type { FrameIndex } from "../../model/units.ts";
import { giveKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useSession } from "../state/session-context.ts";

/**
 * Follows a link of the inspector's to a row: what it says is on view in the place of the link, and the table has the keyboard.
 * (Left to whatever is nearest, it would be the tab of before, which is chosen by having it.)
 */
export function useRowLink(): (frame: FrameIndex) => void {
  const session = useSession();
  return (frame) => {
    session.showFrame(frame);
    giveKeyboardToTable();
  };
}
