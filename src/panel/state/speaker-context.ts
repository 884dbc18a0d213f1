import { createContext, useContext } from "react";
import type { Speaker } from "../../words/speaker.ts";

/** The language of all that is drawn inside. */
export const SpeakerContext = createContext<Speaker | null>(null);

export function useSpeaker(): Speaker {
  const speaker = useContext(SpeakerContext);
  if (speaker === null) throw new Error("Only what stands inside SpeakerContext can speak.");
  return speaker;
}
