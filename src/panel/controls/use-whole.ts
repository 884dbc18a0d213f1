import { useEffect, useState } from "react";
import { useSpeaker } from "../state/speaker-context.ts";

/** Whether all sentences can be said: for what is drawn after the first paint. */
export function useWhole(): boolean {
  const { whole } = useSpeaker();
  const [known, setKnown] = useState<typeof whole | null>(null);
  useEffect(() => {
    // Where it fails, what needs it says so.
    whole().then(() => setKnown(() => whole), () => undefined);
  }, [whole]);
  return known === whole;
}
