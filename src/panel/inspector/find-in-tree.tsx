import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";
import type { FoundInTree, FoundValue, LookedAt } from "../../contract/inspect.ts";
import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import type { FindAsked } from "../controls/find-key.ts";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { takeKey } from "../controls/take-key.ts";
import { useFindBox } from "../controls/use-find-box.ts";
import type { Running } from "../engine-client.ts";
import { toldBy } from "../told-by.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FoundPlace } from "./found-place.tsx";
import "./hex.css";

/** What asks it to find something from outside. */
export interface TreeFinder {
  readonly ask: (asked: FindAsked) => void;
}

interface FindInTreeProps extends LookedAt {
  readonly finder: Ref<TreeFinder>;
  /** The line behind which it looks. */
  readonly after: number;
  readonly onFound: (found: FoundValue) => void;
  readonly onClose: () => void;
}

/** Looks for keys and values of a message: the next, the one before, and how many there are. */
export function FindInTree({ finder, frame, message, after, onFound, onClose }: FindInTreeProps) {
  const { engine } = useSession();
  const { words, tell } = useSpeaker();
  const [text, setText] = useState("");
  const [found, setFound] = useState<FoundInTree | undefined>(undefined);
  const [problem, setProblem] = useState<Told | null>(null);
  const running = useRef<Running<"findInTree"> | null>(null);
  const { box, ask, onKeyDown } = useFindBox(text, (backwards) => void find(text, backwards));
  useEffect(() => {
    box.current?.focus();
    return () => running.current?.cancel();
  }, [box]);

  /** From the beginning where another text is looked for. */
  async function find(sought: string, backwards: boolean): Promise<void> {
    running.current?.cancel();
    setProblem(null);
    if (sought === "") return setFound(undefined);
    const isOther = sought !== text || found === undefined;
    const call = engine.run("findInTree", { frame, message, text: sought, after: isOther ? null : after, backwards });
    running.current = call;
    try {
      const answer = await call.answer;
      if (running.current !== call) return;
      setFound(answer ?? undefined);
      if (answer !== null && answer.found !== null) onFound(answer.found);
    } catch (error) {
      if (running.current !== call) return;
      setFound(undefined);
      setProblem(toldBy(error));
    }
  }

  useImperativeHandle(finder, () => ({ ask }));

  function pressed(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return onKeyDown(event);
    onClose();
    takeKey(event);
  }

  return (
    <div ref={leavesKeyboardBeside} className="hex-tools" data-finds="" role="search" aria-label={words("tree.find")} onKeyDown={pressed}>
      <input
        ref={box}
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
      <FoundPlace found={found?.found} name={words("tree.found")} />
      <Button name={words("tree.find-previous")} icon={<ArrowUp />} reason={text === "" ? words("find.type-first") : null} onClick={() => void find(text, true)} />
      <Button name={words("tree.find-next")} icon={<ArrowDown />} reason={text === "" ? words("find.type-first") : null} onClick={() => void find(text, false)} />
      <Button name={words("tree.find-close")} icon={<X />} onClick={onClose} />
      {problem !== null && <p className="find-limit" role="status">{tell(problem)}</p>}
      {found?.isWhole === false && <p className="find-limit" role="status">{words("tree.find-limit")}</p>}
    </div>
  );
}
