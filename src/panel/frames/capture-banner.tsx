import { TriangleAlert } from "lucide-react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { AllowFiles } from "../offers/allow-files.tsx";
import { useAbility, useCapture, useCount, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Above a table that has rows: that nothing more is captured, why, and how to go on. */
export function CaptureBanner() {
  const session = useSession();
  const { words } = useSpeaker();
  const capture = useCapture();
  const canChooseTab = useAbility("choose tab");
  const hasRows = useCount((changed) => changed.rows > 0, false);
  if (capture.state !== "stopped" || !hasRows) return null;
  return (
    <div ref={leavesKeyboardToTable} className="frames-banner">
      <TriangleAlert />
      <span>{words("status.not-capturing", { why: capture.why })}</span>
      {capture.canResume && (
        <Button name={words("table.resume")} text={words("table.resume")} look="plain" onClick={() => session.capture.resume()} />
      )}
      <AllowFiles why={capture.why} />
      {canChooseTab && (
        <Button name={words("bar.tab-choose")} text={words("bar.tab-choose")} look="plain" onClick={() => session.tabs.setOpen(true)} />
      )}
    </div>
  );
}
