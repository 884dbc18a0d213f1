import { X } from "lucide-react";
import { assertNever } from "../../model/assert-never.ts";
import { Button } from "../controls/button.tsx";
import { formatBytes, formatCount } from "../figures/figures.ts";
import type { ExportState } from "../state/export-store.ts";
import { useSelected, useSession } from "../state/session-context.ts";

/** How an export goes: while it is written, and when it is saved or has failed. */
export function ExportStatus() {
  const session = useSession();
  const state = useSelected(session.exports, (now) => now);
  const text = describe(state);
  return (
    <span className="status-export">
      <span className={state.state === "failed" ? "status-bad" : ""} role="status" aria-label="Export" title={text}>
        {text}
      </span>
      {(state.state === "failed" || state.state === "saved") && (
        <Button name="Dismiss" icon={<X />} onClick={() => session.exports.dismiss()} />
      )}
    </span>
  );
}

function describe(state: ExportState): string {
  switch (state.state) {
    case "none":
      return "";
    case "writing":
      return "Writing the HAR …";
    case "saved": {
      const { name, connections, frames, bytes } = state.file;
      const sockets = `${formatCount(connections)} ${connections === 1 ? "connection" : "connections"}`;
      return `Saved ${name}: ${formatCount(frames)} frames of ${sockets}, ${formatBytes(bytes)}`;
    }
    case "failed":
      return `Not exported: ${state.why}`;
    default:
      return assertNever(state);
  }
}
