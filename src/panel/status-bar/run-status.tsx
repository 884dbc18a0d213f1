import { use } from "react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useSpoken } from "../controls/spoken-status.tsx";
import type { SendingState } from "../state/sending-store.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** A transcript is being sent while the drawer is closed. */
export function RunStatus({ run }: { readonly run: NonNullable<SendingState["run"]> }) {
  const { sending } = useSession();
  const { words, whole } = useSpeaker();
  use(whole());
  useSpoken(words("replay.running", run));
  return (
    <span ref={leavesKeyboardToTable} className="status-warning" role="status" aria-live="off" aria-label={words("replay.status")}>
      {words("replay.running", run)}
      <Button name={words("replay.show-run")} text={words("replay.show-run")} onClick={() => sending.open(null)} />
    </span>
  );
}
