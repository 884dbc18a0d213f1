import { Circle } from "lucide-react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useCapture, useCount, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Below rows that stand still because recording is paused: that it is, and the way on. */
export function PausedStrip() {
  const { capture } = useSession();
  const { words } = useSpeaker();
  const state = useCapture();
  const hasFrames = useCount((changed) => changed.frames > 0, false);
  if (state.state !== "paused" || !hasFrames) return null;
  return (
    <div ref={leavesKeyboardToTable} className="frames-paused">
      <span>{state.passed === 0 ? words("place.paused") : words("place.paused-passed", { n: state.passed })}</span>
      <Button name={words("place.resume")} icon={<Circle fill="currentColor" />} text={words("place.resume")} title={words("place.resume")} look="plain" onClick={() => capture.resume()} />
    </div>
  );
}
