import type { CaptureState } from "../../contract/capturing.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { AllowFiles } from "../offers/allow-files.tsx";
import { useAbility, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Where nothing is captured any more: what can be done about it. */
export function StoppedActions({ capture: { why, canResume } }: { readonly capture: Extract<CaptureState, { readonly state: "stopped" }> }) {
  const session = useSession();
  const { words } = useSpeaker();
  const canChooseTab = useAbility("choose tab");
  const hasCrashed = typeof why !== "string" && why.code === "capture.crashed";
  return (
    <>
      {canResume && <Button ref={leavesKeyboardToTable} name={words("table.resume")} text={words("table.resume")} look="plain" onClick={() => session.capture.resume()} />}
      {hasCrashed && <Button ref={leavesKeyboardToTable} name={words("table.reload")} text={words("table.reload")} look="plain" onClick={() => session.capture.reloadPage()} />}
      <AllowFiles why={why} />
      {canChooseTab && <Button name={words("bar.tab-choose")} text={words("bar.tab-choose")} look="plain" onClick={() => session.tabs.setOpen(true)} />}
    </>
  );
}
