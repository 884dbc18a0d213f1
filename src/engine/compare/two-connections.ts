import { MOST_COMPARED, type ConnectionDifference } from "../../contract/compare.ts";
import type { LongCall } from "../../contract/long-call.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { CaptureLog } from "../capture-log.ts";
import type { TurnEdges } from "../turns.ts";
import { compareSides } from "./compare-connections.ts";

/** See `CompareCalls.compareConnections`. */
export async function compareConnections(capture: CaptureLog, { before, after }: { readonly before: ConnectionId; readonly after: ConnectionId }, long: LongCall<number>, edges: TurnEdges): Promise<ConnectionDifference | null> {
  const { generation, table } = capture;
  if (!table.connections.has(before) || !table.connections.has(after)) return null;
  const { connections } = await compareSides({ capture, connection: before }, { capture, connection: after }, [], (share) => {
    long.goOn();
    // Its rows are others now.
    if (capture.generation !== generation) throw new Refusal(say("headers.cleared"));
    long.progress(share);
  }, edges);
  const [difference] = connections;
  return difference === undefined ? null : { ...difference, differences: difference.differences.slice(0, MOST_COMPARED), paths: difference.paths.slice(0, MOST_COMPARED) };
}
