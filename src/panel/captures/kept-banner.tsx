import { TriangleAlert } from "lucide-react";
import { useCount } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Above a kept capture: what is missing of it, or why it cannot be opened. It stays. */
export function KeptBanner() {
  const { words, tell } = useSpeaker();
  const problem = useCount(({ storage }) => (storage.state === "kept" ? storage.problem : null), null);
  const hasRows = useCount((changed) => changed.rows > 0, false);
  if (problem === null) return null;
  return (
    <div className="frames-banner" role="alert">
      <TriangleAlert />
      <span>
        {hasRows ? words("join.sentences", { first: problem, next: words("captures.not-kept") }) : tell(problem)}
      </span>
    </div>
  );
}
