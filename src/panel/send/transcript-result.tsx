import { useStore } from "zustand";
import { assertNever } from "../../model/assert-never.ts";
import type { RunEnd } from "../../replay/transcript-run.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { TranscriptStore } from "./transcript-store.ts";

/** How far a run is, and what became of it. */
export function TranscriptResult({ store }: { readonly store: TranscriptStore }) {
  const speaker = useSpeaker();
  const { words } = speaker;
  const { progress, result, options } = useStore(store.store);
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
  const { end, sent, report } = result;
  const latency = report?.latency ?? null;
  return (
    <p>
      <span className={end.type === "refused" ? "send-problem" : ""}>{endWords(end, sent, options.stopAt, speaker)}</span>
      {report !== null && report.sent > 0 && (
        <span>{report.answered + report.unanswered === 0 ? words("replay.no-answers") : words("replay.report", { answered: report.answered, unanswered: report.unanswered })}</span>
      )}
      {latency !== null && <span>{words("replay.latency", { median: latency.median, top: latency.p95, longest: latency.longest })}</span>}
    </p>
  );
}

function endWords(end: RunEnd, n: number, filter: string, { words }: Pick<Speaker, "words">): string {
  switch (end.type) {
    case "all sent":
      return words("replay.all-sent", { n });
    case "stopped":
      return words("replay.stopped", { n });
    case "matched":
      return words("replay.matched", { n, filter });
    case "refused":
      return words("replay.refused", { n, why: end.why });
    default:
      return assertNever(end);
  }
}
