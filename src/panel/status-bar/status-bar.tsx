import type { Rate } from "../../engine/contract.ts";
import { assertNever } from "../../model/assert-never.ts";
import { formatBytes, formatCount, formatRate } from "../figures/figures.ts";
import { openName } from "../state/captures-store.ts";
import { useCapture, useCount, useSelected, useSession } from "../state/session-context.ts";
import { ExportStatus } from "./export-status.tsx";
import { SelectionStatus } from "./selection-status.tsx";
import { StorageStatus } from "./storage-status.tsx";
import "./status-bar.css";

/** Figures of the log, and whether it is growing and safe. */
export function StatusBar() {
  return (
    <footer className="status-bar">
      <CaptureStatus />
      <FrameCount />
      <ByteCount />
      <RateCount direction="sent" />
      <RateCount direction="received" />
      <SelectionStatus />
      <ExportStatus />
      <StorageStatus />
      <ForgottenCount />
      <LostCount />
    </footer>
  );
}

function CaptureStatus() {
  const capture = useCapture();
  const { captures } = useSession();
  const name = useSelected(captures, ({ list }) => openName(list ?? []));
  const text = ((): string => {
    switch (capture.state) {
      case "starting":
        return "Starting";
      case "capturing":
        return "Capturing";
      case "paused":
        return "Paused";
      case "stopped":
        return `Not capturing: ${capture.why}`;
      case "kept":
        return `Not capturing: ${name === "" ? "" : `“${name}”, `}${capture.what}`;
      default:
        return assertNever(capture);
    }
  })();
  return (
    <span className={`status-capture status-${capture.state}`} role="status" aria-label="Capture" title={text}>
      {text}
    </span>
  );
}

function FrameCount() {
  const frames = useCount((changed) => changed.frames, 0);
  return (
    <span className="status-frames">
      <b>{formatCount(frames)}</b> frames
    </span>
  );
}

function ByteCount() {
  const bytes = useCount((changed) => changed.bytes as number, 0);
  const inMemory = useCount((changed) => changed.bytesInMemory as number, 0);
  return (
    <span className="status-bytes">
      <b>{formatBytes(bytes)}</b> · {formatBytes(inMemory)} in memory
    </span>
  );
}

const NO_RATE: Rate = { frames: 0, bytes: 0 };

function RateCount({ direction }: { readonly direction: "sent" | "received" }) {
  const rate = useCount((changed) => (direction === "sent" ? changed.sentRate : changed.receivedRate), NO_RATE);
  return (
    <span className={`status-rate status-rate-${direction}`} title={`Frames and bytes a second, ${direction}`}>
      {direction === "sent" ? "↑" : "↓"} <b>{formatRate(rate.frames)}</b> <span>{formatBytes(rate.bytes)}/s</span>
    </span>
  );
}

function ForgottenCount() {
  const forgotten = useCount((changed) => changed.forgottenRequests, 0);
  if (forgotten === 0) return null;
  return (
    <span title="Too many requests waited for their answers at once, or their ids are too long to be kept. They are in the log; only the lines between them and their answers are missing.">
      {formatCount(forgotten)} unpaired
    </span>
  );
}

function LostCount() {
  const lost = useCount((changed) => changed.lost, 0);
  return (
    <span
      className={lost > 0 ? "status-lost status-bad" : "status-lost"}
      title={
        lost > 0
          ? "Frames that Chrome reported and that are not in the log: they came faster than they could be taken."
          : "Every frame that Chrome reported is in the log."
      }
    >
      {formatCount(lost)} lost
    </span>
  );
}
