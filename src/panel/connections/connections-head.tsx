import { Eye, EyeOff } from "lucide-react";
import { Button } from "../controls/button.tsx";
import { formatCount } from "../figures/figures.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { isOver } from "./connection-items.ts";

/** How many connections there are, and a button that hides those that are over. */
export function ConnectionsHead() {
  const session = useSession();
  const { rows, hidesEnded } = useSelected(session.connections, (state) => state);
  const ended = rows.reduce((count, row) => count + (isOver(row) ? 1 : 0), 0);
  return (
    <div className="pane-head">
      <span>Connections</span>
      {ended > 0 && (
        <Button
          name={`Hide ${formatCount(ended)} ended connections`}
          title={hidesEnded ? "Show the connections that are over" : "Hide the connections that are over"}
          text={`${formatCount(ended)} ended`}
          icon={hidesEnded ? <EyeOff /> : <Eye />}
          isPressed={hidesEnded}
          className="connections-hide"
          onClick={() => session.connections.hideEnded(!hidesEnded)}
        />
      )}
      <span>{formatCount(rows.length)}</span>
    </div>
  );
}
