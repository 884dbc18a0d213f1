import { useEffect, useState } from "react";
import { useSpeaker } from "../state/speaker-context.ts";

const AGAIN_MS = 1000;

/** Whether all sentences can be said: for what is drawn after the first paint. Asked again while they do not come. */
export function useWhole(): boolean {
  const { whole } = useSpeaker();
  const [known, setKnown] = useState<typeof whole | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = (): void =>
      void whole().then(
        () => isOver || setKnown(() => whole),
        () => {
          if (!isOver) timer = setTimeout(ask, AGAIN_MS);
        },
      );
    ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [whole]);
  return known === whole;
}
