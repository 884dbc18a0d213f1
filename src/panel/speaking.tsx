import { useLayoutEffect, type ReactNode } from "react";
import type { Speaker } from "../words/speaker.ts";
import { SpeakerContext } from "./state/speaker-context.ts";

/** All that is drawn inside is in this language, and the page says so from the moment at which it is: not before its words, nor after. */
export function Speaking({ speaker, children }: { readonly speaker: Speaker; readonly children: ReactNode }) {
  useLayoutEffect(() => {
    document.documentElement.lang = speaker.tag;
  }, [speaker.tag]);
  return <SpeakerContext value={speaker}>{children}</SpeakerContext>;
}
