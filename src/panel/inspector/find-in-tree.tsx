import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { FoundValue, LookedAt } from "../../contract/inspect.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { takeKey } from "../controls/take-key.ts";
import type { Running } from "../engine-client.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./hex.css";

interface FindInTreeProps extends LookedAt {
  /** The line behind which it looks. */
  readonly after: number;
  readonly onFound: (found: FoundValue) => void;
  readonly onClose: () => void;
}

/** Looks for keys and values of a message: the next, the one before, and how many there are. */
export function FindInTree({ frame, message, after, onFound, onClose }: FindInTreeProps) {
  const { engine } = useSession();
  const { words } = useSpeaker();
  const [text, setText] = useState("");
  const [found, setFound] = useState<FoundValue | null | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const running = useRef<Running<"findInTree"> | null>(null);
  useEffect(() => {
    input.current?.focus();
    return () => running.current?.cancel();
  }, []);

  /** From the beginning where another text is looked for. */
  async function find(sought: string, backwards: boolean): Promise<void> {
    running.current?.cancel();
    if (sought === "") return setFound(undefined);
    const isOther = sought !== text || found === undefined;
    const call = engine.run("findInTree", { frame, message, text: sought, after: isOther ? null : after, backwards });
    running.current = call;
    const answer = await call.answer.catch(() => undefined);
    if (running.current !== call || answer === undefined) return;
    setFound(answer);
    if (answer !== null) onFound(answer);
  }

  function pressed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    // On a button it presses that.
    if (event.key === "Enter" && event.target === input.current) void find(text, event.shiftKey);
    else if (event.key === "Escape") onClose();
    else return;
    takeKey(event);
  }

  return (
    <div ref={leavesKeyboardBeside} className="hex-tools" role="search" aria-label={words("tree.find")} onKeyDown={pressed}>
      <input
        ref={input}
        className="hex-input hex-find"
        type="text"
        aria-label={words("tree.find-text")}
        placeholder={words("tree.find-text")}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          void find(target.value, false);
        }}
      />
      <span className={found === null ? "raw-found inspector-problem" : "raw-found"} role="status" aria-label={words("tree.found")}>
        {found === undefined ? "" : found === null ? words("hex.not-found") : words("raw.place", { n: found.place, all: found.count })}
      </span>
      <Button name={words("tree.find-previous")} icon={<ArrowUp />} disabled={text === ""} onClick={() => void find(text, true)} />
      <Button name={words("tree.find-next")} icon={<ArrowDown />} disabled={text === ""} onClick={() => void find(text, false)} />
      <Button name={words("tree.find-close")} icon={<X />} onClick={onClose} />
    </div>
  );
}
