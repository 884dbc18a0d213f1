import { useEffect, useState } from "react";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface CorrectionsProps {
  /** What was typed. */
  readonly text: string;
  /** One of them is in the box. */
  readonly onChosen?: () => void;
}

/** Filters that may be meant by a text that is none, or that finds nothing: a click takes one. Nothing where none is known. */
export function Corrections({ text, onChosen }: CorrectionsProps) {
  const { engine, scope, filters } = useSession();
  const { words, whole } = useSpeaker();
  const [offers, setOffers] = useState<readonly string[]>([]);
  useEffect(() => {
    let isOld = false;
    const asked = Promise.all([engine.call("corrections", { text }), whole()]);
    // Without an engine nothing is known.
    asked.then(([found]) => !isOld && setOffers(found), () => undefined);
    return () => {
      isOld = true;
    };
  }, [engine, whole, text]);
  if (offers.length === 0) return null;
  return (
    <div ref={leavesKeyboardToTable} className="corrections">
      <span>{words("place.did-you-mean")}</span>
      {offers.map((offer) => (
        <button
          key={offer}
          type="button"
          className="correction"
          // The box keeps the focus, so that its problem stays until it is answered.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            scope.setFilter(offer);
            filters.used(offer);
            onChosen?.();
          }}
        >
          {offer}
        </button>
      ))}
    </div>
  );
}
