import { memo } from "react";
import type { ConnectionRow } from "../../engine/contract.ts";
import { formatBytes, formatCompact, formatCount, formatRate } from "../figures/figures.ts";
import { splitUrl } from "../figures/web-socket-url.ts";
import { useCount } from "../state/session-context.ts";
import { isOver } from "./connection-items.ts";
import { describeConnection } from "./connection-line.ts";

/** Two lines: path and frames; what it speaks or how it ended, and its rate. */
export const ConnectionOption = memo(
  function ConnectionOption({ row }: { readonly row: ConnectionRow }) {
    const { path } = splitUrl(row.url);
    const isEnded = isOver(row);
    return (
      <div className={`connections-two-lines${isEnded ? " connections-over" : ""}`} title={describe(row)}>
        <span className={`connections-dot connections-${row.state}`} />
        <span className="connections-path">{path}</span>
        <span className="connections-count">{formatCompact(row.frames)}</span>
        <span className="connections-about">{describeConnection(row)}</span>
        {!isEnded && <span className="connections-rate">{row.rate > 0 && formatRate(row.rate)}</span>}
      </div>
    );
  },
  // Rows are read anew several times a second, and most are as they were.
  ({ row: a }, { row: b }) =>
    a.url === b.url &&
    a.state === b.state &&
    a.ending === b.ending &&
    a.subprotocol === b.subprotocol &&
    a.notice === b.notice &&
    a.frames === b.frames &&
    a.rate === b.rate,
);

export function AllOption() {
  const frames = useCount((changed) => changed.frames, 0);
  return (
    <div className="connections-one-line">
      <span className="connections-path">All connections</span>
      <span className="connections-count">{formatCompact(frames)}</span>
    </div>
  );
}

function describe({ url, state, subprotocol, ending, frames, bytes, seenFromStart, notice }: ConnectionRow): string {
  return [
    url === "" ? "Chrome has not named the URL of this socket." : url,
    `${state}${subprotocol === "" ? "" : ` · ${subprotocol}`} · ${formatCount(frames)} frames · ${formatBytes(bytes)}`,
    ending,
    notice ?? "",
    seenFromStart || notice !== undefined ? "" : "It was open before the capture began: its handshake was not seen.",
    seenFromStart || ending !== "" ? "" : "Reload the page to see it from its start.",
  ]
    .filter((line) => line !== "")
    .join("\n");
}
