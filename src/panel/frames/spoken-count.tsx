import { useEffect, useState } from "react";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** How often a count is spoken, at most. */
const AGAIN_MS = 3000;

/**
 * How many frames what was asked for finds, for who hears the panel: once it is known, and at most every few seconds as more
 * are found. Counts that grow by themselves, with nothing asked for, are not spoken.
 */
export function SpokenCount() {
  const { counts, scope, filters } = useSession();
  const { words } = useSpeaker();
  const [spoken, setSpoken] = useState("");
  useEffect(() => {
    const speak = (): void => {
      const { changed } = counts.getState();
      const { text, connection, sent, received, asked } = scope.store.getState();
      const isAsked = text !== "" || connection !== null || !sent || !received || filters.store.getState().saved.some(({ isOn }) => isOn);
      // A count of before is no answer.
      if (changed === null || changed.scanned < 1 || changed.asked !== asked) return;
      setSpoken(isAsked ? words("filter.matches-all", { n: changed.matches }) : "");
    };
    let timer = 0;
    // An interval that a busy machine is late with is soon followed by its next turn.
    const waitAndSpeak = (): void => {
      timer = window.setTimeout(() => {
        speak();
        waitAndSpeak();
      }, AGAIN_MS);
    };
    waitAndSpeak();
    return () => clearTimeout(timer);
  }, [counts, scope, filters, words]);
  return (
    <p className="spoken spoken-count" aria-live="polite">
      {spoken}
    </p>
  );
}
