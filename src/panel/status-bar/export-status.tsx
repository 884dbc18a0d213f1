import { X } from "lucide-react";
import type { ExportProgress } from "../../contract/files.ts";
import { assertNever } from "../../model/assert-never.ts";
import type { Speaker } from "../../words/speaker.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { SpokenStatus } from "../controls/spoken-status.tsx";
import type { ExportState } from "../state/export-store.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** How an export goes: while it is written, and when it is saved or has failed. */
export function ExportStatus() {
  const session = useSession();
  const speaker = useSpeaker();
  const { words } = speaker;
  const state = useSelected(session.exports, (now) => now);
  const text = describeExport(state, speaker);
  return (
    <span className="status-export">
      <SpokenStatus className={state.state === "failed" ? "status-bad" : ""} name={words("status.export")} title={text} text={text} />
      {state.state === "writing" && <Button ref={leavesKeyboardToTable} name={words("status.export-cancel")} icon={<X />} onClick={() => session.exports.cancel()} />}
      {(state.state === "failed" || state.state === "saved") && (
        <Button ref={leavesKeyboardToTable} name={words("status.dismiss")} icon={<X />} onClick={() => session.exports.dismiss()} />
      )}
    </span>
  );
}

/** Empty where nothing is exported. */
export function describeExport(state: ExportState, { words }: Speaker): string {
  switch (state.state) {
    case "none":
    case "asking":
    case "choosing":
      return "";
    case "writing":
      return describeProgress(state.progress, words);
    case "saved": {
      const { name, frames, bytes } = state.file;
      return words("status.exported", { name, n: frames, bytes });
    }
    case "failed":
      return words("status.export-failed", { why: state.why });
    default:
      return assertNever(state);
  }
}

function describeProgress(progress: ExportProgress | null, words: Speaker["words"]): string {
  if (progress === null) return words("status.exporting");
  switch (progress.doing) {
    case "reading":
      return words("status.export-reading", { share: progress.share });
    case "looking":
      return words("menu.export-looking", { share: progress.share });
    case "writing":
      return words("status.exporting-share", { share: progress.share });
    default:
      return assertNever(progress.doing);
  }
}
