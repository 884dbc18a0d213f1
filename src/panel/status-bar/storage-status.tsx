import { WhenWhole } from "../controls/when-whole.tsx";
import { useCount } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { hasSaved } from "./has-saved.ts";
import { StorageOffer } from "./storage-offer.tsx";

/** Whether the log is on disk: nothing to read where it is, or will be in a moment. */
export function StorageStatus() {
  const { words } = useSpeaker();
  const storage = useCount((changed) => changed.storage, null);
  const isSaved = useCount(hasSaved, false);
  if (storage?.state === "memory only") {
    const text = words("status.not-saved", { why: storage.why });
    return (
      <>
        <span className="status-storage status-warning" title={text}>
          {text}
        </span>
        <WhenWhole>
          <StorageOffer why={storage.why} />
        </WhenWhole>
      </>
    );
  }
  if (storage?.state === "kept") {
    const isRead = storage.read === 1;
    return <span className={`status-storage ${isRead ? "storage-read" : "storage-opening"}`}>{!isRead && words("status.opening", { share: storage.read })}</span>;
  }
  return <span className="status-storage">{isSaved && words("status.saved")}</span>;
}
