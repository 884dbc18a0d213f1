import { useEffect, useState } from "react";
import { formatAgo, formatShare } from "../figures/figures.ts";
import { useCount } from "../state/session-context.ts";

/** Whether the log is on disk. Its age goes on by itself: an idle log sends no changes. */
export function StorageStatus() {
  const storage = useCount((changed) => changed.storage, null);
  const now = useNow(1_000);
  if (storage === null) return <span className="status-storage" />;
  if (storage.state === "memory only") {
    return (
      <span className="status-storage status-warning" title={storage.why}>
        Memory only: {storage.why}
      </span>
    );
  }
  if (storage.state === "kept") {
    return <span className="status-storage">{storage.read < 1 ? `Opening: ${formatShare(storage.read)}` : "Read from disk"}</span>;
  }
  const { savedAt } = storage;
  return (
    <span className="status-storage">
      {savedAt === null ? "Nothing to save yet" : `Saved to disk ${formatAgo(now - savedAt)} ago`}
    </span>
  );
}

function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
