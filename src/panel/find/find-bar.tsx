import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { assertNever } from "../../model/assert-never.ts";
import type { Speaker } from "../../words/speaker.ts";
import { Button } from "../controls/button.tsx";
import { SpokenStatus } from "../controls/spoken-status.tsx";
import { takeKey } from "../controls/take-key.ts";
import type { FindOutcome } from "../state/find-search.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./find.css";

interface FindBarProps {
  /** Escape: back to the table. */
  readonly onLeave: () => void;
}

/** Over the table's upper right corner: what to find, the way to the next and to the one before. */
export function FindBar({ onLeave }: FindBarProps) {
  const session = useSession();
  const speaker = useSpeaker();
  const { words } = speaker;
  const { text, outcome, focus } = useSelected(session.find, (state) => state);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [focus]);

  const close = (): void => {
    session.find.close();
    onLeave();
  };
  function pressed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    // On a button it presses that.
    if (event.key === "Enter" && event.target === input.current) void session.find.go(event.shiftKey);
    else if (event.key === "Escape") close();
    else return;
    takeKey(event);
  }

  const isWrong = outcome?.type === "none" || outcome?.type === "refused";
  const said = describeFound(outcome, speaker);
  return (
    <div className="find popup" role="search" aria-label={words("find.name")} onKeyDown={pressed}>
      <input
        ref={input}
        className="find-input"
        type="text"
        aria-label={words("find.frames")}
        aria-invalid={outcome?.type === "refused"}
        placeholder={words("find.hint")}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => session.find.setText(event.target.value)}
      />
      <SpokenStatus className={isWrong ? "find-said find-wrong" : "find-said"} name={words("find.found")} title={said} text={said} />
      <Button name={words("find.previous")} icon={<ArrowUp />} title={words("find.previous-about")} onClick={() => void session.find.go(true)} />
      <Button name={words("find.next")} icon={<ArrowDown />} title={words("find.next-about")} onClick={() => void session.find.go(false)} />
      <Button name={words("find.close")} icon={<X />} onClick={close} />
    </div>
  );
}

/** What came of a search, or how far it is. */
export function describeFound(outcome: FindOutcome | null, { words, tell }: Speaker): string {
  if (outcome === null) return "";
  switch (outcome.type) {
    case "searching":
      return outcome.share === 0 ? words("find.searching") : words("find.searching-share", { share: outcome.share });
    case "found":
      if (outcome.count !== undefined) {
        const { at, all, isMore } = outcome.count;
        return words(isMore ? "find.of-more" : "find.of", { at, all });
      }
      return outcome.wrapped ? words("find.wrapped") : "";
    case "none":
      return words("find.none");
    case "refused":
      return tell(outcome.why);
    default:
      return assertNever(outcome);
  }
}
