import { useEffect, useState } from "react";
import type { EpochMilliseconds } from "../../model/units.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Between two looks at the clock: no second is passed over. */
const LOOK_MS = 250;

/** The seconds until a moment, counted down; nothing where it is null. Not spoken: each would be. */
export function TimeLeft({ until }: { readonly until: EpochMilliseconds | null }) {
  const { words } = useSpeaker();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? null : <span aria-hidden>{` · ${words("live.time-left", { n: Math.max(0, Math.ceil((until - now) / 1000)) })}`}</span>;
}
