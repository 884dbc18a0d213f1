import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** What the user asked for and was refused. */
export function RefusalStatus() {
  const { refusals } = useSession();
  const { words, tell } = useSpeaker();
  const said = useSelected(refusals, (state) => state.said);
  const text = said === null ? "" : tell(said);
  return (
    <span className="status-refusal status-bad" role="status" aria-label={words("status.problem")} title={text}>
      {text}
    </span>
  );
}
