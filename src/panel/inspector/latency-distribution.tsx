import type { LatencyBucket } from "../../contract/connection-page.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./latency-distribution.css";

/** What stands below columns in the narrowest pane. */
const MOST_LABELS = 5;

interface LatencyDistributionProps {
  /** From the fastest to the slowest, without a gap. */
  readonly buckets: readonly LatencyBucket[];
  readonly onSelect: (bucket: LatencyBucket) => void;
}

/** A column for each bucket, as high as its share of the largest one, with the ends of some below. */
export function LatencyDistribution({ buckets, onSelect }: LatencyDistributionProps) {
  const { words, figures } = useSpeaker();
  const last = buckets.at(-1);
  if (last === undefined) return null;
  const most = Math.max(...buckets.map(({ count }) => count));
  const every = Math.ceil(buckets.length / MOST_LABELS);
  const labelled = buckets.map(({ from }, place) => ({ from, place })).filter(({ place }) => place % every === 0 && place <= buckets.length - every);
  return (
    <figure className="latencies" aria-label={words("connection.distribution")} style={{ gridTemplateColumns: `repeat(${buckets.length}, minmax(0, 1fr))` }}>
      {buckets.map((bucket) => {
        const { from, to, count } = bucket;
        const name = to === null ? words("connection.show-took-longer", { n: count, from }) : words("connection.show-took", { n: count, from, to });
        return count === 0 ? (
          <span key={from} />
        ) : (
          <button key={from} type="button" aria-label={name} title={name} onClick={() => onSelect(bucket)}>
            <i style={{ height: `${(count / most) * 100}%` }} />
          </button>
        );
      })}
      <figcaption>
        {labelled.map(({ from, place }) => (
          <span key={from} style={{ insetInlineStart: `${(place / buckets.length) * 100}%` }}>
            {figures.edge(from)}
          </span>
        ))}
        <span>{last.to === null ? "" : figures.edge(last.to)}</span>
      </figcaption>
    </figure>
  );
}
