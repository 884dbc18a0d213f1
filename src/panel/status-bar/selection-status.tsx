import { formatBytes, formatCount, formatDuration } from "../figures/figures.ts";
import { countPlaces } from "../state/place-ranges.ts";
import { useSelected, useSession } from "../state/session-context.ts";

/** What several selected rows amount to, and what became of a copy. */
export function SelectionStatus() {
  const session = useSession();
  const count = useSelected(session.selection, ({ ranges }) => countPlaces(ranges));
  const summary = useSelected(session.summary, (state) => state.summary);
  const said = useSelected(session.clipboard, (state) => state.said);
  return (
    <>
      <span className="status-selection" role="status" aria-label="Selection">
        {count > 1 && (
          <>
            <b>{formatCount(count)}</b> selected
            {summary !== null && ` · ${formatBytes(summary.bytes)} · ${formatDuration(summary.span)}`}
          </>
        )}
      </span>
      <span className={said?.isProblem === true ? "status-copied status-bad" : "status-copied"} role="status" aria-label="Clipboard" title={said?.text}>
        {said?.text}
      </span>
    </>
  );
}
