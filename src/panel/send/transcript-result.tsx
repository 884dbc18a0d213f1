import { useStore } from "zustand";
import { say } from "../../model/said.ts";
import { runTold } from "../../replay/run-told.ts";
import { Button } from "../controls/button.tsx";
import { saveText } from "../save-file.ts";
import { useConnection, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { unmaskedFileName } from "../unmasked-file-name.ts";
import type { TranscriptStore } from "./transcript-store.ts";

/** How far a run is, and what became of it. */
export function TranscriptResult({ store }: { readonly store: TranscriptStore }) {
  const { words, tell } = useSpeaker();
  const session = useSession();
  const { progress, result, options, connection } = useStore(store.store);
  const url = useConnection(connection)?.url ?? "";
  if (progress !== null) {
    return (
      <p className="send-run">
        <progress aria-label={words("replay.progress", progress)} value={progress.sent} max={progress.all} />
        <span>{words("replay.progress", progress)}</span>
        {progress.isPaused && <span>{words("replay.paused")}</span>}
        {progress.awaits !== null && <span>{words("replay.awaits", { path: progress.awaits })}</span>}
      </p>
    );
  }
  if (result === null) return null;
  const [ending, ...rest] = runTold(result, options.stopAt);
  return (
    <p>
      <span className={result.end.type === "refused" ? "send-problem" : ""}>{tell(ending)}</span>
      {rest.map((told) => (
        <span key={told.code}>{tell(told)}</span>
      ))}
      <Button name={words("replay.copy-report")} text={words("replay.copy-report")} look="plain" onClick={() => void session.clipboard.copy(say("replay.report-copied"), store.reportText(tell))} />
      <Button name={words("replay.save-report")} text={words("replay.save-report")} look="plain" onClick={() => saveText(unmaskedFileName(url, "transcript-report.txt"), "text/plain", store.reportText(tell))} />
    </p>
  );
}
