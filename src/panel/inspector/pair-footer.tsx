import type { PairDetails } from "../../contract/inspect.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";

/** The other end of a request and its answer, and how long it took beside how long it usually takes. */
export function PairFooter({ pair }: { readonly pair: PairDetails }) {
  const session = useSession();
  const { words, figures } = useSpeaker();
  const { role, other, latency, usual, stream } = pair;
  return (
    <footer ref={leavesKeyboardBeside} className="pair">
      {other === null ? (
        <span>{words(role === "request" ? "inspector.not-answered" : "inspector.no-request")}</span>
      ) : (
        <button
          ref={leavesKeyboardBeside}
          type="button"
          className="pair-other"
          title={words("inspector.go-to-frame")}
          onClick={() => session.selection.goToFrame(other.frame, other.message)}
        >
          {words(role === "request" ? "inspector.answered-by" : "inspector.answers", { n: other.frame + 1, label: other.label })}
        </button>
      )}
      {stream !== null && <span className="pair-stream">{words(stream.hasEnded ? "inspector.stream" : "inspector.stream-so-far", { n: stream.count, took: stream.took, first: stream.first })}</span>}
      <span className="pair-times">
        {latency !== null && <b>{figures.duration(latency)}</b>}
        {usual !== null && (
          <span title={words("inspector.usual-about", { n: usual.count })}>
            {latency !== null && " · "}
            {words("inspector.usual", { median: usual.median, tail: usual.p95 })}
          </span>
        )}
      </span>
    </footer>
  );
}
