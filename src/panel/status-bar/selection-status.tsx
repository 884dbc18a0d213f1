import { WithFigure } from "../controls/with-figure.tsx";
import { countPlaces } from "../state/place-ranges.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { RefusalStatus } from "./refusal-status.tsx";

/** What several selected rows amount to, and what became of a copy and of what else the user asked for. */
export function SelectionStatus() {
  const session = useSession();
  const { words, tell } = useSpeaker();
  const count = useSelected(session.selection, ({ ranges }) => countPlaces(ranges));
  const summary = useSelected(session.summary, (state) => state.summary);
  const said = useSelected(session.clipboard, (state) => state.said);
  return (
    <>
      <span className="status-selection" role="status" aria-label={words("status.selection")}>
        {count > 1 && (
          <>
            <WithFigure text={words("status.selected", { n: count })} />
            {summary !== null && ` · ${words("status.selected-sums", { bytes: summary.bytes, span: summary.span })}`}
          </>
        )}
      </span>
      <span className={said?.isProblem === true ? "status-copied status-bad" : "status-copied"} role="status" aria-label={words("status.clipboard")} title={said === null ? undefined : tell(said.said)}>
        {said !== null && tell(said.said)}
      </span>
      <RefusalStatus />
    </>
  );
}
