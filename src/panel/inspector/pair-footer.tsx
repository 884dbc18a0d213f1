import type { PairDetails } from "../../engine/contract.ts";
import { formatCount, formatDelta, formatDuration } from "../figures/figures.ts";
import { useSession } from "../state/session-context.ts";

/** The other end of a request and its answer, and how long it took beside how long it usually takes. */
export function PairFooter({ pair }: { readonly pair: PairDetails }) {
  const session = useSession();
  const { role, other, latency, usual } = pair;
  return (
    <footer className="pair">
      {other === null ? (
        <span>{role === "request" ? "Not answered so far" : "Answers a request that is not in the log"}</span>
      ) : (
        <button
          type="button"
          className="pair-other"
          title="Go to that frame"
          onClick={() => session.selection.goToFrame(other.frame)}
        >
          {role === "request" ? "Answered by " : "Answers "}
          <b>#{formatCount(other.frame + 1)}</b> {other.label}
        </button>
      )}
      <span className="pair-times">
        {latency !== null && <b>{formatDuration(latency)}</b>}
        {usual !== null && (
          <span title={`Of the latest ${formatCount(usual.count)} answers to such requests on this connection`}>
            {latency !== null && " · "}p50 {formatDelta(usual.median)} · p95 {formatDelta(usual.p95)}
          </span>
        )}
      </span>
    </footer>
  );
}
