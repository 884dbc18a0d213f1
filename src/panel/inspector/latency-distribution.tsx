import type { LatencyBucket } from "../../contract/connection-page.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./latency-distribution.css";

interface LatencyDistributionProps {
  /** From the fastest to the slowest, without a gap. */
  readonly buckets: readonly LatencyBucket[];
  readonly onSelect: (bucket: LatencyBucket) => void;
}

/** A column for each bucket, as high as its share of the largest one, with its ends below. */
export function LatencyDistribution({ buckets, onSelect }: LatencyDistributionProps) {
  const { words, figures } = useSpeaker();
  const [first] = buckets;
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return null;
  const most = Math.max(...buckets.map(({ count }) => count));
  const middle = Math.ceil(buckets.length / 2);
  return (
    <figure className="latencies" aria-label={words("connection.distribution")} style={{ gridTemplateColumns: `repeat(${buckets.length}, minmax(0, 1fr))` }}>
      {buckets.map((bucket) => {
        const { from, to, count } = bucket;
        const answers = to === null ? words("connection.took-longer", { n: count, from }) : words("connection.took", { n: count, from, to });
        const name = words("connection.show-these", { answers });
        return count === 0 ? (
          <span key={from} />
        ) : (
          <button key={from} type="button" aria-label={name} title={name} onClick={() => onSelect(bucket)}>
            <i style={{ height: `${(count / most) * 100}%` }} />
          </button>
        );
      })}
      <figcaption>
        <span>{figures.edge(first.from)}</span>
        {buckets.length >= 6 && <span style={{ insetInlineStart: `${(middle / buckets.length) * 100}%` }}>{figures.edge((buckets[middle] as LatencyBucket).from)}</span>}
        <span>{last.to === null ? "" : figures.edge(last.to)}</span>
      </figcaption>
    </figure>
  );
}
