import { useEffect, useState } from "react";
import { SpokenRegion, useSpoken } from "../controls/spoken-status.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { Speaker } from "../../words/speaker.ts";

/**
 * How many frames what was asked for finds, for who hears the panel: once it is known, and as more are found. Counts that grow
 * by themselves, with nothing asked for, are not spoken.
 */
export function SpokenCount() {
  const session = useSession();
  const { words } = useSpeaker();
  const [count, setCount] = useState("");
  useEffect(() => session.counts.subscribe(() => setCount((before) => countOf(session, words) ?? before)), [session, words]);
  useSpoken(count);
  return <SpokenRegion />;
}

/** Undefined while it is not known: a count of before is no answer. */
export function countOf({ counts, scope, filters }: Pick<PanelSession, "counts" | "scope" | "filters">, words: Speaker["words"]): string | undefined {
  const { changed } = counts.getState();
  const { text, connection, sent, received, asked } = scope.store.getState();
  if (changed === null || changed.scanned < 1 || changed.asked !== asked) return undefined;
  const isAsked = text !== "" || connection !== null || !sent || !received || filters.store.getState().saved.some(({ isOn }) => isOn);
  return isAsked ? words("filter.matches-all", { n: changed.matches }) : "";
}
