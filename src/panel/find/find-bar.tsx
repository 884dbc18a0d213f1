import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { assertNever } from "../../model/assert-never.ts";
import { Button } from "../controls/button.tsx";
import { takeKey } from "../controls/take-key.ts";
import type { FindOutcome } from "../state/find-store.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import "./find.css";

interface FindBarProps {
  /** Escape: back to the table. */
  readonly onLeave: () => void;
}

/** Over the table's upper right corner: what to find, the way to the next and to the one before. */
export function FindBar({ onLeave }: FindBarProps) {
  const session = useSession();
  const { isOpen, text, outcome, focus } = useSelected(session.find, (state) => state);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [focus]);
  if (!isOpen) return null;

  const close = (): void => {
    session.find.close();
    onLeave();
  };
  function pressed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") void session.find.go(event.shiftKey);
    else if (event.key === "Escape") close();
    else return;
    takeKey(event);
  }

  const isWrong = outcome?.type === "none" || outcome?.type === "refused";
  return (
    <div className="find popup" role="search" aria-label="Find" onKeyDown={pressed}>
      <input
        ref={input}
        className="find-input"
        type="text"
        aria-label="Find frames"
        aria-invalid={outcome?.type === "refused"}
        placeholder="Find: text, /regex/, type:trade …"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => session.find.setText(event.target.value)}
      />
      <span className={isWrong ? "find-said find-wrong" : "find-said"} role="status" aria-label="Found" title={describe(outcome)}>
        {describe(outcome)}
      </span>
      <Button name="Previous" icon={<ArrowUp />} title="Previous (Shift+Enter, Shift+F3)" onClick={() => void session.find.go(true)} />
      <Button name="Next" icon={<ArrowDown />} title="Next (Enter, F3)" onClick={() => void session.find.go(false)} />
      <Button name="Close find" icon={<X />} onClick={close} />
    </div>
  );
}

function describe(outcome: FindOutcome | null): string {
  if (outcome === null) return "";
  switch (outcome.type) {
    case "searching":
      return "…";
    case "found":
      return outcome.wrapped ? "From the other end" : "";
    case "none":
      return "No such row";
    case "refused":
      return outcome.why;
    default:
      return assertNever(outcome);
  }
}
