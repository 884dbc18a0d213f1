import { useEffect, useId, useLayoutEffect, type ReactNode } from "react";
import { speechOf } from "../state/speech.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Tells who hears the panel, as soon as nothing else was told for a while, and no longer once it is not drawn. */
export function useSpoken(text: string): void {
  const speech = speechOf(useSession());
  const source = useId();
  useEffect(() => speech.say(source, text), [speech, source, text]);
  useEffect(() => () => speech.say(source, ""), [speech, source]);
}

interface SpokenStatusProps {
  /** The accessible name. */
  readonly name?: string;
  readonly className?: string;
  readonly title?: string | undefined;
  readonly text: string;
  /** Where it is drawn otherwise than as its text. */
  readonly children?: ReactNode;
}

/** A status that changes by itself: drawn as often as it does, spoken as often as one can listen. */
export function SpokenStatus({ name, text, children, ...rest }: SpokenStatusProps) {
  useSpoken(text);
  return (
    <span {...rest} role="status" aria-live="off" aria-label={name}>
      {children ?? text}
    </span>
  );
}

/** The one place that speaks for all of them. */
export function SpokenRegion() {
  const speech = speechOf(useSession());
  const { tag } = useSpeaker();
  const text = useSelected(speech, (state) => state.text);
  useLayoutEffect(() => speech.speakIn(tag), [speech, tag]);
  return (
    <p className="spoken spoken-region" aria-live="polite">
      {text}
    </p>
  );
}
