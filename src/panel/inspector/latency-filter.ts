import type { LatencyBucket } from "../../contract/connection-page.ts";
import type { ConnectionId } from "../../model/units.ts";
import { addCondition, putField } from "../../query/edit.ts";

/** A filter, with requests of a connection that took so long and their answers in the place of what it asks of latencies and connections. */
export function latencyFilter(filter: string, connection: ConnectionId, { from, to }: LatencyBucket): string {
  const ends = [...(from === 0 ? [] : [`>=${from}ms`]), ...(to === null ? [] : [`<${to}ms`])];
  const others = putField(putField(filter, "latency", null), "conn", String(connection));
  return ends.reduce((text, end) => addCondition(text, { kind: "field", name: "latency", value: { kind: "bare", text: end } }, false), others);
}
