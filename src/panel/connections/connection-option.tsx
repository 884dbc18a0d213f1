import { memo, Suspense } from "react";
import { useStore } from "zustand";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { Speaker } from "../../words/speaker.ts";
import { shapeOf } from "../controls/with-figure.tsx";
import { ConnectionMark } from "../figures/connection-mark.tsx";
import { MiddleCut } from "../figures/middle-cut.tsx";
import { urlParts } from "../figures/row-words.ts";
import { useCount, useIsCapturing, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { late } from "../late.ts";
import { describeConnection } from "./connection-line.ts";
import { isSameTold } from "../../model/said.ts";

const TimeLeft = late(async () => (await import("../frames/frames-late.ts")).TimeLeft);

/** Two lines: path and frames, or what the list is sorted by; what it speaks or how it ended, and its rate. */
export const ConnectionOption = memo(
  function ConnectionOption({ row }: { readonly row: ConnectionRow }) {
    const speaker = useSpeaker();
    const { figures } = speaker;
    const { path } = urlParts(row.url, speaker.words);
    const isByBytes = useIsByBytes();
    const isEnded = row.end !== undefined;
    return (
      <div className={`connections-two-lines${isEnded ? " connections-over" : ""}`} title={describe(row, speaker)}>
        <span className={`connections-dot connections-${row.state}`} />
        <span className="connections-path">
          <ConnectionMark root={row.root} />
          <MiddleCut text={path} />
          {row.times > 1 && <b className="connections-times">×{figures.count(row.times)}</b>}
        </span>
        <Figure className="connections-count" text={isByBytes ? figures.bytes(row.bytes) : figures.compact(row.frames)} />
        <span className="connections-about">{describeConnection(row, speaker)}</span>
        {!isEnded && <RateOrRule row={row} />}
      </div>
    );
  },
  // Rows are read anew several times a second, and most are as they were.
  ({ row: a }, { row: b }) =>
    a.times === b.times &&
    a.speaks === b.speaks &&
    a.url === b.url &&
    a.state === b.state &&
    isSameTold(a.ending, b.ending) &&
    a.subprotocol === b.subprotocol &&
    isSameTold(a.notice, b.notice) &&
    a.frames === b.frames &&
    a.rate === b.rate,
);

/** What the network is made to do, where it is made to do something. */
function RateOrRule({ row: { id, rate } }: { readonly row: ConnectionRow }) {
  const { figures, words } = useSpeaker();
  const isCapturing = useIsCapturing();
  const rule = useStore(useSession().rules).find(({ met }) => met.includes(id));
  if (rule !== undefined) return (
      <span className="connections-rate connections-ruled">
        {words(`live.phase-${rule.phase}`)}
        <Suspense fallback={null}>
          <TimeLeft until={rule.until} />
        </Suspense>
      </span>
    );
  return <Figure className="connections-rate" text={isCapturing && rate > 0 ? figures.rate(rate) : ""} />;
}

/** At the right edge: a longer one begins elsewhere, and is put there anew. */
const Figure = ({ className, text }: { readonly className: string; readonly text: string }) => (
  <span key={shapeOf(text)} className={className}>
    {text}
  </span>
);

export function AllOption() {
  const { words, figures } = useSpeaker();
  const isByBytes = useIsByBytes();
  const total = useCount((changed) => (isByBytes ? figures.bytes(changed.bytes) : figures.compact(changed.frames)), figures.compact(0));
  return (
    <div className="connections-one-line">
      <span className="connections-path">
        <span>{words("connections.all")}</span>
      </span>
      <Figure className="connections-count" text={total} />
    </div>
  );
}

const useIsByBytes = (): boolean => useSelected(useSession().connections, ({ sortBy }) => sortBy === "bytes");

function describe({ url, transport, times, reconnects, state, subprotocol, ending, frames, bytes, seenFromStart, notice }: ConnectionRow, { words, tell }: Speaker): string {
  return [
    url === "" ? words("connections.unknown-url-about") : url,
    [words(`connections.state-${state}`), transport === "event-source" ? words("connections.event-stream") : subprotocol, words("connections.counts", { n: frames, bytes })].filter((part) => part !== "").join(" · "),
    transport === "event-source" && reconnects !== undefined ? words("connections.reconnection-about", { n: reconnects.times, first: reconnects.first }) : "",
    times > 1 ? words("connections.times-about", { n: times - 1 }) : "",
    tell(ending),
    tell(notice ?? ""),
    seenFromStart || notice !== undefined ? "" : words("connections.not-from-start-about"),
    seenFromStart || ending !== "" ? "" : words("connections.reload-about"),
  ]
    .filter((line) => line !== "")
    .join("\n");
}
