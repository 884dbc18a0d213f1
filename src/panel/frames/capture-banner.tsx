import { TriangleAlert } from "lucide-react";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useCapture, useCount } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { StoppedActions } from "./stopped-actions.tsx";

/** Above a table that has rows: that nothing more is captured, why, and how to go on. */
export function CaptureBanner() {
  const { words } = useSpeaker();
  const capture = useCapture();
  const hasRows = useCount((changed) => changed.rows > 0, false);
  if (capture.state !== "stopped" || !hasRows) return null;
  return (
    <div ref={leavesKeyboardToTable} className="frames-banner">
      <TriangleAlert />
      <span>{words("status.not-capturing", { why: capture.why })}</span>
      <StoppedActions capture={capture} />
    </div>
  );
}
